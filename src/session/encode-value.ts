import { Decimal } from "../answer/decimal.ts";
import { Timestamp } from "../answer/timestamp.ts";
import type { DataType, DecimalType, Field } from "../columnar/data-type.ts";
import { simpleString } from "../columnar/data-type.ts";
import {
  parseDate,
  parseTimestamp,
  parseTimestampNtz,
} from "../columnar/datetime/datetime-text.ts";
import type { LiteralJson } from "../columnar/literal-json.ts";
import { withoutLoneSurrogates } from "../columnar/text-bytes.ts";
import { AnalysisError } from "../common/errors.ts";

const BITS = { byte: 8, short: 16, int: 32, long: 64 } as const;
const MILLIS_PER_DAY = 86_400_000;

/**
 * A JavaScript value as a constant of a type, in the form told at `Literal`. Takes what rows give of that type, and
 * what clearly means the same (a `Date` for a date or timestamp, a number for a decimal). `path` names it in errors.
 */
export function encodeValue(
  value: unknown,
  type: DataType,
  path: string,
  timeZone: string,
): LiteralJson {
  if (value === null || value === undefined) return null;
  const encoded = encodeSimple(value, type, timeZone) ?? encodeNested(value, type, path, timeZone);
  if (encoded !== undefined) return encoded;
  const shown = value instanceof Uint8Array ? "bytes" : String(value);
  throw new AnalysisError({
    condition: "FIELD_DATA_TYPE_UNACCEPTABLE",
    message: `${shown} (${typeNameOf(value)}) does not fit column \`${path}\` of type ${simpleString(type)}`,
    sqlState: "22023",
    details: { column: path, type: simpleString(type), value: shown },
  });
}

/** A row of values as constants: an array by position, or an object by name. */
export function encodeRow(
  row: unknown,
  fields: readonly Field[],
  timeZone: string,
  prefix = "",
): readonly LiteralJson[] {
  const values = Array.isArray(row) ? row : fieldsOf(row as object, fields);
  if (Array.isArray(row) && row.length !== fields.length)
    throw new AnalysisError({
      condition: "AXIS_LENGTH_MISMATCH",
      message: `A row has ${row.length} values, but there are ${fields.length} columns`,
      sqlState: "22023",
      details: { expected: fields.length, actual: row.length },
    });
  return fields.map((field, i) => {
    const path = prefix === "" ? field.name : `${prefix}.${field.name}`;
    const encoded = encodeValue(values[i], field.type, path, timeZone);
    if (encoded === null && !field.nullable) throw notNullable(path);
    return encoded;
  });
}

function encodeSimple(value: unknown, type: DataType, timeZone: string): LiteralJson | undefined {
  switch (type.kind) {
    case "boolean":
      return typeof value === "boolean" ? value : undefined;
    case "byte":
    case "short":
    case "int":
    case "long":
      return encodeInteger(value, BITS[type.kind]);
    case "float":
    case "double":
      if (typeof value !== "number") return undefined;
      return Number.isFinite(value) ? value : String(value);
    case "decimal":
      return encodeDecimal(value, type);
    case "string":
      return typeof value === "string" ? withoutLoneSurrogates(value) : undefined;
    case "binary":
      return value instanceof Uint8Array ? Buffer.from(value).toString("base64") : undefined;
    case "date":
      return encodeDate(value);
    case "timestamp":
      return encodeTimestamp(value, timeZone);
    case "timestamp_ntz":
      return typeof value === "string" ? parseTimestampNtz(value)?.toString() : undefined;
    default:
      return undefined;
  }
}

function encodeInteger(value: unknown, bits: number): LiteralJson | undefined {
  const isInteger = typeof value === "bigint" || Number.isSafeInteger(value);
  if (!isInteger) return undefined;
  const integer = BigInt(value as bigint | number);
  if (BigInt.asIntN(bits, integer) !== integer) return undefined;
  return bits === 64 ? integer.toString() : Number(integer);
}

function encodeDecimal(value: unknown, type: DecimalType): LiteralJson | undefined {
  const decimal = decimalOf(value);
  if (decimal === null) return undefined;
  const shift = type.scale - decimal.scale;
  const unscaled =
    shift >= 0 ? decimal.unscaled * 10n ** BigInt(shift) : dropZeros(decimal.unscaled, -shift);
  if (unscaled === null) return undefined;
  const digits = unscaled.toString().replace("-", "").length;
  return digits > type.precision && unscaled !== 0n ? undefined : unscaled.toString();
}

function dropZeros(unscaled: bigint, count: number): bigint | null {
  const by = 10n ** BigInt(count);
  return unscaled % by === 0n ? unscaled / by : null;
}

function decimalOf(value: unknown): Decimal | null {
  if (value instanceof Decimal) return value;
  if (typeof value === "bigint") return new Decimal(value, 0);
  const isText = typeof value === "string" || (typeof value === "number" && Number.isFinite(value));
  return isText ? Decimal.parse(String(value)) : null;
}

function encodeDate(value: unknown): LiteralJson | undefined {
  if (value instanceof Date && !Number.isNaN(value.getTime()))
    return Math.floor(value.getTime() / MILLIS_PER_DAY);
  return typeof value === "string" ? (parseDate(value) ?? undefined) : undefined;
}

function encodeTimestamp(value: unknown, timeZone: string): LiteralJson | undefined {
  if (value instanceof Timestamp) return value.epochMicros.toString();
  if (value instanceof Date && !Number.isNaN(value.getTime()))
    return Timestamp.fromDate(value).epochMicros.toString();
  return typeof value === "string" ? parseTimestamp(value, timeZone)?.toString() : undefined;
}

function encodeNested(
  value: unknown,
  type: DataType,
  path: string,
  timeZone: string,
): LiteralJson | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (type.kind === "array" && Array.isArray(value))
    return value.map((item, i) => encodeValue(item, type.element, `${path}[${i}]`, timeZone));
  if (type.kind === "map") {
    const entries = value instanceof Map ? [...value] : Object.entries(value);
    return entries.map(([key, entry]) => [
      encodeValue(key, type.key, `${path}.key`, timeZone),
      encodeValue(entry, type.value, `${path}.value`, timeZone),
    ]);
  }
  return type.kind === "struct" ? encodeRow(value, type.fields, timeZone, path) : undefined;
}

function fieldsOf(row: object, fields: readonly Field[]): readonly unknown[] {
  const named = row as { readonly [name: string]: unknown };
  const unknown = Object.keys(row).find((name) => !fields.some((field) => field.name === name));
  if (unknown === undefined) return fields.map((field) => named[field.name]);
  throw new AnalysisError({
    condition: "UNRESOLVED_COLUMN.WITH_SUGGESTION",
    message: `A row has a value \`${unknown}\`, but the schema has only ${fields.map((f) => `\`${f.name}\``).join(", ")}`,
    sqlState: "42703",
    details: { objectName: unknown },
  });
}

function notNullable(path: string): AnalysisError {
  return new AnalysisError({
    condition: "FIELD_NOT_NULLABLE_WITH_NAME",
    message: `Field '${path}' is not nullable, but a row has no value for it`,
    sqlState: "22004",
    details: { column: path },
  });
}

function typeNameOf(value: unknown): string {
  return typeof value === "object" && value !== null
    ? (value.constructor?.name ?? "object")
    : typeof value;
}
