import type { EngineValue } from "../../answer/engine-value.ts";
import { formatValue } from "../../answer/format-value.ts";
import { type DataType, FLOAT } from "../../columnar/data-type.ts";

type List = readonly EngineValue[];

/**
 * A value as JSON text: integers with all their digits; decimals, dates, timestamps and intervals as Spark's text;
 * binary as base64; NaN and infinities as text; structs and maps as objects.
 */
export function jsonText(value: EngineValue, type: DataType, timeZone: string): string {
  if (value === null) return "null";
  const inner = (of: EngineValue, as: DataType): string => jsonText(of, as, timeZone);
  switch (type.kind) {
    case "boolean":
    case "byte":
    case "short":
    case "int":
    case "long":
      return String(value);
    case "float":
    case "double":
      return numberText(value as number, type.kind === "float");
    case "binary":
      return JSON.stringify(Buffer.from(value as Uint8Array).toString("base64"));
    case "array":
      return `[${(value as List).map((item) => inner(item, type.element)).join(",")}]`;
    case "struct":
      return object(
        type.fields.map((f, i) => [f.name, inner((value as List)[i] ?? null, f.type)] as const),
      );
    case "map":
      return object(
        (value as readonly List[]).map(
          ([key = null, entry = null]) =>
            [formatValue(key, type.key, timeZone), inner(entry, type.value)] as const,
        ),
      );
    default:
      return JSON.stringify(formatValue(value, type, timeZone));
  }
}

function numberText(value: number, isFloat: boolean): string {
  if (!Number.isFinite(value)) return `"${value}"`;
  if (Object.is(value, -0)) return "-0.0";
  return isFloat ? formatValue(value, FLOAT, "UTC") : String(value);
}

/** An object of names and JSON texts. */
export function object(entries: readonly (readonly [string, string])[]): string {
  return `{${entries.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(",")}}`;
}
