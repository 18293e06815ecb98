import type { DataType } from "../../columnar/data-type.ts";
import type { LiteralJson } from "../../columnar/literal-json.ts";
import { isFloating } from "../../columnar/type-class.ts";
import type { RawStatistics, SchemaElement } from "./file-metadata.ts";

/** Bounds of a chunk's values: the least and greatest, or for long strings something below and above them. */
export interface ColumnStatistics {
  readonly min: LiteralJson;
  readonly max: LiteralJson;
  readonly nulls: number | null;
}

type Bound = boolean | number | bigint | Uint8Array;

/** Writers, as `created_by` begins, whose bounds of local times are known to be in order. */
const NTZ_WRITERS: readonly string[] = [
  "parquet-mr",
  "parquet-cpp",
  "parquet-rs",
  "DuckDB",
  "Polars",
  "impala",
];

const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const NOTHING = { min: null, max: null } as const;

/**
 * The statistics of a flat column as far as they can be trusted. Only parquet-mr minds NaN, so the maximum of other
 * writers' floats is left out: in Spark NaN is greater than any number. Spark never prunes by local times, so nobody
 * noticed writers that get their bounds wrong, as Parquet.Net did.
 */
export function columnStatistics(
  type: DataType,
  element: SchemaElement,
  raw: RawStatistics | null,
  values: number,
  createdBy: string,
): ColumnStatistics {
  if (raw === null) return { ...NOTHING, nulls: null };
  const nulls = raw.nulls !== null && raw.nulls >= 0 && raw.nulls <= values ? raw.nulls : null;
  if (type.kind === "timestamp_ntz" && !NTZ_WRITERS.some((name) => createdBy.startsWith(name)))
    return { ...NOTHING, nulls };
  const signed = isSignedNumber(type, element);
  const min = bound(type, element, raw.minValue ?? (signed ? raw.min : null));
  const max = bound(type, element, raw.maxValue ?? (signed ? raw.max : null));
  if (min !== null && max !== null && compare(min, max) > 0) return { ...NOTHING, nulls };
  const isFloat = isFloating(type);
  return {
    min: min === null ? null : literal(type, element, min, false),
    max:
      max === null || (isFloat && !createdBy.startsWith("parquet-mr"))
        ? null
        : literal(type, element, max, true),
    nulls,
  };
}

/** Types whose deprecated statistics have the right order too. */
function isSignedNumber(type: DataType, element: SchemaElement): boolean {
  if (element.annotation?.kind === "INTEGER" && !element.annotation.signed) return false;
  return element.physical !== "BYTE_ARRAY" && element.physical !== "FIXED_LEN_BYTE_ARRAY"
    ? type.kind !== "boolean"
    : false;
}

function bound(type: DataType, element: SchemaElement, bytes: Uint8Array | null): Bound | null {
  if (bytes === null) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const unsigned = element.annotation?.kind === "INTEGER" && !element.annotation.signed;
  switch (element.physical) {
    case "BOOLEAN":
      return bytes.length === 1 ? bytes[0] === 1 : null;
    case "INT32":
      if (bytes.length !== 4) return null;
      return unsigned ? view.getUint32(0, true) : view.getInt32(0, true);
    case "INT64":
      if (bytes.length !== 8) return null;
      return unsigned ? view.getBigUint64(0, true) : view.getBigInt64(0, true);
    case "FLOAT":
      return bytes.length === 4 ? number(view.getFloat32(0, true)) : null;
    case "DOUBLE":
      return bytes.length === 8 ? number(view.getFloat64(0, true)) : null;
    case "BYTE_ARRAY":
    case "FIXED_LEN_BYTE_ARRAY":
      return type.kind === "decimal" ? decimalBound(element, bytes) : bytes;
    default:
      return null;
  }
}

function literal(
  type: DataType,
  element: SchemaElement,
  value: Bound,
  isUpper: boolean,
): LiteralJson {
  if (value instanceof Uint8Array) return bytesLiteral(type, value);
  switch (type.kind) {
    case "boolean":
      return value === true;
    case "float":
    case "double":
      return Number.isFinite(value) ? Number(value) : String(value);
    case "timestamp":
    case "timestamp_ntz":
      return String(micros(BigInt(value), element, isUpper));
    case "long":
    case "decimal":
    case "day_time_interval":
      return String(value);
    default:
      return Number(value);
  }
}

function bytesLiteral(type: DataType, bytes: Uint8Array): LiteralJson {
  if (type.kind === "binary") return Buffer.from(bytes).toString("base64");
  try {
    return text.decode(bytes);
  } catch {
    return null;
  }
}

function micros(value: bigint, element: SchemaElement, isUpper: boolean): bigint {
  const unit = element.annotation?.kind === "TIMESTAMP" ? element.annotation.unit : "MICROS";
  if (unit === "MILLIS") return value * 1000n;
  if (unit === "MICROS") return value;
  const floor = (value - (((value % 1000n) + 1000n) % 1000n)) / 1000n;
  return isUpper && floor * 1000n !== value ? floor + 1n : floor;
}

/** Null where the number is cut off. */
function decimalBound({ physical, typeLength }: SchemaElement, bytes: Uint8Array): bigint | null {
  return physical === "BYTE_ARRAY" || bytes.length === typeLength ? bigEndian(bytes) : null;
}

function bigEndian(bytes: Uint8Array): bigint | null {
  if (bytes.length === 0) return null;
  const unsigned = BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
  return BigInt.asIntN(bytes.length * 8, unsigned);
}

function number(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

function compare(a: Bound, b: Bound): number {
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b);
  return a < b ? -1 : Number(a > b);
}
