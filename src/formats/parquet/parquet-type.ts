import {
  BINARY,
  BOOLEAN,
  BYTE,
  DATE,
  type DataType,
  DOUBLE,
  decimal,
  FLOAT,
  INT,
  LONG,
  SHORT,
  STRING,
  TIMESTAMP,
  TIMESTAMP_NTZ,
} from "../../columnar/data-type.ts";
import type { Annotation, SchemaElement } from "./file-metadata.ts";

const MAX_PRECISION = 38;

/**
 * Spark's type of a primitive column, null where Spark reads no such column. Nanoseconds are read as microseconds,
 * which Spark refuses.
 */
export function sparkType(element: SchemaElement): DataType | null {
  const { annotation } = element;
  switch (element.physical) {
    case "BOOLEAN":
      return annotation === null ? BOOLEAN : null;
    case "INT32":
      return int32Type(annotation);
    case "INT64":
      return int64Type(annotation);
    case "INT96":
      return TIMESTAMP;
    case "FLOAT":
      return FLOAT;
    case "DOUBLE":
      return DOUBLE;
    case "BYTE_ARRAY":
      return byteArrayType(annotation);
    case "FIXED_LEN_BYTE_ARRAY":
      if (annotation?.kind === "DECIMAL")
        return decimalType(annotation, digitsOfBytes(element.typeLength));
      return annotation === null || annotation.kind === "UUID" ? BINARY : null;
    default:
      return null;
  }
}

/** True if a column is of Spark's type TIME. */
export function isLocalTime({ physical, annotation }: SchemaElement): boolean {
  if (physical !== "INT64" || annotation?.kind !== "TIME") return false;
  return annotation.unit === "MICROS" && !annotation.utc;
}

/** As Parquet's own tools print it: `INT32 (TIME(MILLIS,true))`. */
export function parquetTypeName({ physical, annotation }: SchemaElement): string {
  if (annotation === null) return physical ?? "group";
  return `${physical ?? "group"} (${annotationName(annotation)})`;
}

function int32Type(annotation: Annotation | null): DataType | null {
  if (annotation === null) return INT;
  switch (annotation.kind) {
    case "INTEGER":
      return annotation.bits === 64 ? null : integerType(annotation.bits, annotation.signed);
    case "DATE":
      return DATE;
    case "DECIMAL":
      return decimalType(annotation, 9);
    default:
      return null;
  }
}

function int64Type(annotation: Annotation | null): DataType | null {
  if (annotation === null) return LONG;
  switch (annotation.kind) {
    case "INTEGER":
      return annotation.bits === 64 ? integerType(64, annotation.signed) : null;
    case "DECIMAL":
      return decimalType(annotation, 18);
    case "TIMESTAMP":
      return annotation.utc ? TIMESTAMP : TIMESTAMP_NTZ;
    default:
      return null;
  }
}

function integerType(bits: number, signed: boolean): DataType | null {
  switch (bits) {
    case 8:
      return signed ? BYTE : SHORT;
    case 16:
      return signed ? SHORT : INT;
    case 32:
      return signed ? INT : LONG;
    case 64:
      return signed ? LONG : decimal(20, 0);
    default:
      return null;
  }
}

function byteArrayType(annotation: Annotation | null): DataType | null {
  switch (annotation?.kind) {
    case undefined:
    case "BSON":
      return BINARY;
    case "STRING":
    case "ENUM":
    case "JSON":
      return STRING;
    case "DECIMAL":
      return decimalType(annotation, MAX_PRECISION);
    default:
      return null;
  }
}

function decimalType(
  { precision, scale }: { readonly precision: number; readonly scale: number },
  most: number,
): DataType | null {
  const possible = precision >= 1 && precision <= Math.min(most, MAX_PRECISION);
  return possible && scale >= 0 && scale <= precision ? decimal(precision, scale) : null;
}

/** Decimal digits that always fit a two's complement number of so many bytes. */
function digitsOfBytes(sizeBytes: number): number {
  return Math.floor((8 * sizeBytes - 1) * Math.log10(2));
}

function annotationName(annotation: Annotation): string {
  switch (annotation.kind) {
    case "DECIMAL":
      return `DECIMAL(${annotation.precision},${annotation.scale})`;
    case "TIME":
    case "TIMESTAMP":
      return `${annotation.kind}(${annotation.unit},${annotation.utc})`;
    case "INTEGER":
      return `INTEGER(${annotation.bits},${annotation.signed})`;
    default:
      return annotation.kind;
  }
}
