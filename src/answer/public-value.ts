import { formatInterval } from "../builtins/cast/interval-text.ts";
import type { DataType } from "../columnar/data-type.ts";
import { formatDate, formatTimestampNtz } from "../columnar/datetime/datetime-text.ts";
import { readableText } from "../columnar/text-bytes.ts";
import { Decimal } from "./decimal.ts";
import type { EngineValue } from "./engine-value.ts";
import { rowMaker, type Value } from "./row.ts";
import { Timestamp } from "./timestamp.ts";

type Converter = (value: EngineValue) => Value;
type List = readonly EngineValue[];

/** Makes the function that turns the engine's values of a type into those of a row; see `Value`. */
export function publicConverter(type: DataType): Converter {
  const convert = converterOf(type);
  return (value) => (value === null ? null : convert(value));
}

function converterOf(type: DataType): Converter {
  switch (type.kind) {
    case "string":
      return (value) => readableText(value as string);
    case "decimal":
      return (value) => new Decimal(value as bigint, type.scale);
    case "date":
      return (value) => formatDate(value as number);
    case "timestamp":
      return (value) => new Timestamp(value as bigint);
    case "timestamp_ntz":
      return (value) => formatTimestampNtz(value as bigint);
    case "year_month_interval":
    case "day_time_interval":
      return (value) => formatInterval(BigInt(value as bigint | number), type);
    case "array": {
      const element = publicConverter(type.element);
      return (value) => (value as List).map(element);
    }
    case "map": {
      const key = publicConverter(type.key);
      const entry = publicConverter(type.value);
      return (value) =>
        new Map((value as readonly List[]).map(([k = null, v = null]) => [key(k), entry(v)]));
    }
    case "struct": {
      const make = rowMaker(type.fields);
      const fields = type.fields.map((field) => publicConverter(field.type));
      return (value) => make(fields.map((field, i) => field((value as List)[i] ?? null)));
    }
    default:
      return (value) => value as Value;
  }
}
