import { type DataType, simpleString } from "../../columnar/data-type.ts";
import { DataError, ResourcesError } from "../../common/errors.ts";

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

/** Local times of microseconds, which Spark has a type for but does not read. */
export function unsupportedTime(path: string, column: string): DataError {
  return new DataError({
    condition: "UNSUPPORTED_TIME_TYPE",
    message: `The data type TIME is not supported: column \`${column}\` in ${path} has it.`,
    sqlState: "0A000",
    details: { path, column },
  });
}

/** Dates or instants that mean different days in the two calendars, in a file that does not say which it has. */
export function ancientDatetime(setting: string): DataError {
  const option = setting.includes("int96") ? "int96RebaseMode" : "datetimeRebaseMode";
  return new DataError({
    condition: "INCONSISTENT_BEHAVIOR_CROSS_VERSION.READ_ANCIENT_DATETIME",
    message: `You may get a different result due to the upgrading to Spark >= 3.0: reading dates before 1582-10-15 or timestamps before 1900-01-01T00:00:00Z from Parquet files can be ambiguous, as the files may be written by Spark 2.x or legacy versions of Hive, which uses a legacy hybrid calendar that is different from Spark 3.0+'s Proleptic Gregorian calendar. Set "${setting}" or the option "${option}" to "LEGACY" to rebase the values, to "CORRECTED" to read them as they are.`,
    sqlState: "42K0B",
    details: { config: setting, option },
  });
}

/** A column chunk that is sound but has more bytes than can be decoded at once. */
export function columnTooLarge(
  path: string,
  rowGroup: number,
  column: string,
  sizeBytes: number,
): ResourcesError {
  return new ResourcesError({
    condition: "PARQUET_COLUMN_TOO_LARGE",
    message: `Column \`${column}\` of row group ${rowGroup} of ${path} has ${sizeBytes} bytes, which are too many to decode at once; write the file with smaller row groups, or leave the column out of the query`,
    sqlState: "53200",
    details: { path, rowGroup, column, sizeBytes },
  });
}
