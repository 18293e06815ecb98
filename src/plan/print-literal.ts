import { formatDouble, formatFloat } from "../builtins/cast/floating-text.ts";
import { formatInterval } from "../builtins/cast/interval-text.ts";
import { formatBigDecimal } from "../builtins/decimal/decimal-text.ts";
import { type DataType, simpleString } from "../columnar/data-type.ts";
import {
  formatDate,
  formatTimestamp,
  formatTimestampNtz,
} from "../columnar/datetime/datetime-text.ts";
import type { LiteralJson } from "../columnar/literal-json.ts";
import type { Literal } from "./expression.ts";

/** How a constant reads in a plan: `x`, `1.50`, `2020-01-01`, `null`. */
export function printLiteral(literal: Literal, timeZone = "UTC"): string {
  return literal.value === null ? "null" : printValue(literal.value, literal.type, timeZone);
}

/** How a constant reads in a column's name: as in a plan, but `NULL`, `DATE '2020-01-01'`, `X'1F'`. */
export function literalName(literal: Literal, timeZone = "UTC"): string {
  if (literal.value === null) return "NULL";
  const text = printValue(literal.value, literal.type, timeZone);
  switch (literal.type.kind) {
    case "date":
    case "timestamp":
    case "timestamp_ntz":
      return `${simpleString(literal.type).toUpperCase()} '${text}'`;
    case "binary":
      return `X'${text.slice(2)}'`;
    default:
      return text;
  }
}

function printValue(value: LiteralJson, type: DataType, timeZone: string): string {
  if (value === null) return "null";
  switch (type.kind) {
    case "float":
      return formatFloat(Number(value));
    case "double":
      return formatDouble(Number(value));
    case "decimal":
      return formatBigDecimal(BigInt(String(value)), type.scale);
    case "date":
      return formatDate(Number(value));
    case "timestamp":
      return formatTimestamp(BigInt(String(value)), timeZone);
    case "timestamp_ntz":
      return formatTimestampNtz(BigInt(String(value)));
    case "year_month_interval":
    case "day_time_interval":
      return formatInterval(BigInt(value as number | string), type);
    case "binary":
      return `0x${Buffer.from(String(value), "base64").toString("hex").toUpperCase()}`;
    case "array":
    case "map":
    case "struct":
      return nestedText(value as readonly LiteralJson[], type, timeZone);
    default:
      return String(value);
  }
}

function nestedText(
  values: readonly LiteralJson[],
  type: DataType & { kind: "array" | "map" | "struct" },
  timeZone: string,
): string {
  const texts = values.map((value, i) => {
    if (type.kind === "array") return printValue(value, type.element, timeZone);
    if (type.kind === "struct")
      return printValue(value, type.fields[i]?.type ?? { kind: "null" }, timeZone);
    const [key, item] = value as readonly [LiteralJson, LiteralJson];
    return `${printValue(key, type.key, timeZone)} -> ${printValue(item, type.value, timeZone)}`;
  });
  return `[${texts.join(",")}]`;
}
