import { formatDouble, formatFloat } from "../builtins/cast/floating-text.ts";
import { formatInterval } from "../builtins/cast/interval-text.ts";
import { formatDecimal } from "../builtins/decimal/decimal-text.ts";
import type { DataType } from "../columnar/data-type.ts";
import {
  formatDate,
  formatTimestamp,
  formatTimestampNtz,
} from "../columnar/datetime/datetime-text.ts";
import { decodeText, readableText } from "../columnar/text-bytes.ts";
import type { EngineValue } from "./engine-value.ts";
import { hiveDayTime, hiveYearMonth } from "./hive-interval.ts";

type List = readonly EngineValue[];

/** A value as `show()` prints it, timestamps in `timeZone`: `NULL`, `[1, NULL]`, `{k -> 1}`, `{1, q}`, `[1F 8B]`. */
export function formatValue(value: EngineValue, type: DataType, timeZone: string): string {
  if (value === null) return "NULL";
  const inner = (of: EngineValue, as: DataType): string => formatValue(of, as, timeZone);
  switch (type.kind) {
    case "array":
      return `[${(value as List).map((item) => inner(item, type.element)).join(", ")}]`;
    case "map":
      return `{${entriesOf(value)
        .map(([key, entry]) => `${inner(key, type.key)} -> ${inner(entry, type.value)}`)
        .join(", ")}}`;
    case "struct":
      return `{${type.fields.map((f, i) => inner(at(value, i), f.type)).join(", ")}}`;
    case "binary":
      return discreteHex(value as Uint8Array);
    case "year_month_interval":
    case "day_time_interval":
      return formatInterval(BigInt(value as bigint | number), type);
    default:
      return formatSimple(value, type, timeZone);
  }
}

/** A cell as Spark's Hive-style output prints it: `NULL`, `[1,null]`, `{"k":1}`, intervals as `1-2`. */
export function formatHiveValue(value: EngineValue, type: DataType, timeZone: string): string {
  return value === null ? "NULL" : hiveText(value, type, timeZone, false);
}

function hiveText(value: EngineValue, type: DataType, timeZone: string, nested: boolean): string {
  if (value === null) return "null";
  const inner = (of: EngineValue, as: DataType): string => hiveText(of, as, timeZone, true);
  switch (type.kind) {
    case "array":
      return `[${(value as List).map((item) => inner(item, type.element)).join(",")}]`;
    case "map":
      return `{${entriesOf(value)
        .map(([key, entry]) => `${inner(key, type.key)}:${inner(entry, type.value)}`)
        .sort()
        .join(",")}}`;
    case "struct":
      return `{${type.fields
        .map((f, i) => `"${f.name}":${inner(at(value, i), f.type)}`)
        .join(",")}}`;
    case "year_month_interval":
      return hiveYearMonth(value as number);
    case "day_time_interval":
      return hiveDayTime(value as bigint);
    case "string":
      return nested ? `"${readableText(value as string)}"` : readableText(value as string);
    default:
      return formatSimple(value, type, timeZone);
  }
}

/** Binary as Spark's `show` prints it unless told otherwise. */
function discreteHex(bytes: Uint8Array): string {
  return `[${Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join(" ")}]`;
}

function formatSimple(value: EngineValue, type: DataType, timeZone: string): string {
  switch (type.kind) {
    case "float":
      return formatFloat(value as number);
    case "double":
      return formatDouble(value as number);
    case "decimal":
      return formatDecimal(value as bigint, type.scale);
    case "binary":
      return readableText(decodeText(value as Uint8Array));
    case "string":
      return readableText(value as string);
    case "date":
      return formatDate(value as number);
    case "timestamp":
      return formatTimestamp(value as bigint, timeZone);
    case "timestamp_ntz":
      return formatTimestampNtz(value as bigint);
    default:
      return String(value);
  }
}

const at = (value: EngineValue, index: number): EngineValue => (value as List)[index] ?? null;
const entriesOf = (value: EngineValue): readonly (readonly [EngineValue, EngineValue])[] =>
  value as unknown as readonly (readonly [EngineValue, EngineValue])[];
