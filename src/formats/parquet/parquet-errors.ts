import { type DataType, simpleString } from "../../columnar/data-type.ts";
import { DataError } from "../../common/errors.ts";

/** The object is no Parquet file, or its footer cannot be true. `reason` is a clause about the file. */
export function footerError(path: string, reason: string): DataError {
  return new DataError({
    condition: "FAILED_READ_FILE.CANNOT_READ_FILE_FOOTER",
    message: `Encountered error while reading file ${path}. Could not read footer: ${reason}`,
    sqlState: "KD001",
    details: { path, reason },
  });
}

/** A column chunk whose pages are broken. */
export function chunkError(
  path: string,
  rowGroup: number,
  column: string,
  reason: string,
): DataError {
  return new DataError({
    condition: "FAILED_READ_FILE.NO_HINT",
    message: `Encountered error while reading file ${path}. Column \`${column}\` of row group ${rowGroup} is corrupt: ${reason}`,
    sqlState: "KD001",
    details: { path, rowGroup, column, reason },
  });
}

/** A column of the file cannot be read as the type that was asked for. */
export function typeMismatch(
  path: string,
  column: string,
  wanted: DataType,
  actual: string,
): DataError {
  return new DataError({
    condition: "FAILED_READ_FILE.PARQUET_COLUMN_DATA_TYPE_MISMATCH",
    message: `Encountered error while reading file ${path}. Data type mismatches when reading Parquet column [${column}]. Expected Spark type ${simpleString(wanted)}, actual Parquet type ${actual}.`,
    sqlState: "KD001",
    details: { path, column, wanted: simpleString(wanted), actual },
  });
}

/** A nested column where a flat one was asked for, or another nesting. */
export function shapeMismatch(
  path: string,
  column: string,
  actual: DataType,
  wanted: DataType,
): DataError {
  const [found, asked] = [simpleString(actual), simpleString(wanted)];
  return new DataError({
    condition: "FAILED_READ_FILE.NO_HINT",
    message: `Encountered error while reading file ${path}. Column \`${column}\` has ${found} in the file, which cannot be read as ${asked}.`,
    sqlState: "KD001",
    details: { path, column, wanted: asked, actual: found },
  });
}

/** A column or a field of a struct that the file has more than one of, case ignored. */
export function duplicateFields(path: string, column: string, names: readonly string[]): DataError {
  return new DataError({
    condition: "FAILED_READ_FILE.NO_HINT",
    message: `Encountered error while reading file ${path}. Found duplicate field(s) "${names[0]}" for the column \`${column}\`: [${names.join(", ")}] in case-insensitive mode.`,
    sqlState: "KD001",
    details: { path, column, names },
  });
}

/** A type of the file that Spark does not read, in Spark's words. */
export function illegalType(path: string, column: string, parquetType: string): DataError {
  return new DataError({
    condition: "PARQUET_TYPE_ILLEGAL",
    message: `Illegal Parquet type: ${parquetType} of column \`${column}\` in ${path}.`,
    sqlState: "42846",
    details: { path, column, parquetType },
  });
}
