import type { DataType } from "../../columnar/data-type.ts";
import {
  formatDate,
  formatTimestamp,
  formatTimestampNtz,
} from "../../columnar/datetime/datetime-text.ts";
import { decodeText } from "../../columnar/text-bytes.ts";
import { formatDecimal, scientificDecimal } from "../decimal/decimal-text.ts";
import type { CastFacts, ValueCast } from "./cast-facts.ts";
import { formatDouble, formatFloat } from "./floating-text.ts";
import { formatInterval } from "./interval-text.ts";

/** Casts to string. */
export function toText(facts: CastFacts): ValueCast {
  return textOf(facts.from, facts) as ValueCast;
}

function textOf(type: DataType, facts: CastFacts): (value: never) => string {
  switch (type.kind) {
    case "float":
      return formatFloat;
    case "double":
      return formatDouble;
    case "decimal":
      return (value: bigint) =>
        facts.mode === "legacy"
          ? scientificDecimal(value, type.scale)
          : formatDecimal(value, type.scale);
    case "binary":
      return decodeText;
    case "date":
      return formatDate;
    case "timestamp":
      return (value: bigint) => formatTimestamp(value, facts.timeZone);
    case "timestamp_ntz":
      return formatTimestampNtz;
    case "year_month_interval":
    case "day_time_interval":
      return (value: bigint | number) => formatInterval(BigInt(value), type);
    case "array":
    case "map":
    case "struct":
      return nestedText(type, facts);
    default:
      return String;
  }
}

function nestedText(type: DataType, facts: CastFacts): (value: never) => string {
  const item = (child: DataType): ((value: unknown) => string) => {
    const text = textOf(child, facts) as (value: unknown) => string;
    return (value) => (value === null ? "null" : text(value));
  };
  if (type.kind === "array") {
    const element = item(type.element);
    return (values: unknown[]) => `[${values.map(element).join(", ")}]`;
  }
  if (type.kind === "map") {
    const key = item(type.key);
    const value = item(type.value);
    return (entries: [unknown, unknown][]) =>
      `{${entries.map(([k, v]) => `${key(k)} -> ${value(v)}`).join(", ")}}`;
  }
  const fields = type.kind === "struct" ? type.fields.map((f) => item(f.type)) : [];
  return (values: unknown[]) => `{${fields.map((text, i) => text(values[i] ?? null)).join(", ")}}`;
}
