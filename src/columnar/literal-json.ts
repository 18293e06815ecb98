import { type DataType, isNested } from "./data-type.ts";
import { isFloating } from "./type-class.ts";

/** A constant as JSON; what each type looks like is told at `Literal` in `plan`. */
export type LiteralJson = null | boolean | number | string | readonly LiteralJson[];

const DIGIT_TEXT_KINDS = new Set([
  "long",
  "timestamp",
  "timestamp_ntz",
  "day_time_interval",
  "decimal",
]);

/** The JavaScript value of a constant, as row functions see its type; null for null. */
export function fromLiteralJson(type: DataType, json: LiteralJson): unknown {
  if (json === null) return null;
  if (DIGIT_TEXT_KINDS.has(type.kind)) return BigInt(json as string);
  if (isFloating(type)) return Number(json);
  if (type.kind === "binary") return Uint8Array.from(Buffer.from(json as string, "base64"));
  if (!isNested(type)) return json;
  const items = json as readonly LiteralJson[];
  if (type.kind === "struct")
    return type.fields.map((f, i) => fromLiteralJson(f.type, items[i] ?? null));
  if (type.kind === "array") return items.map((item) => fromLiteralJson(type.element, item));
  return (items as readonly (readonly LiteralJson[])[]).map(([key, value]) => [
    fromLiteralJson(type.key, key ?? null),
    fromLiteralJson(type.value, value ?? null),
  ]);
}

/** The inverse of `fromLiteralJson`. */
export function toLiteralJson(type: DataType, value: unknown): LiteralJson {
  if (value === null || value === undefined) return null;
  if (DIGIT_TEXT_KINDS.has(type.kind)) return String(value);
  if (isFloating(type)) return floatingJson(value as number);
  if (type.kind === "binary") return Buffer.from(value as Uint8Array).toString("base64");
  if (!isNested(type)) return value as LiteralJson;
  const items = value as readonly unknown[];
  if (type.kind === "struct") return type.fields.map((f, i) => toLiteralJson(f.type, items[i]));
  if (type.kind === "array") return items.map((item) => toLiteralJson(type.element, item));
  return (items as readonly (readonly unknown[])[]).map(([key, item]) => [
    toLiteralJson(type.key, key),
    toLiteralJson(type.value, item),
  ]);
}

/** JSON's numbers know neither NaN and the infinities nor -0.0. */
function floatingJson(value: number): number | string {
  if (Object.is(value, -0)) return "-0.0";
  return Number.isFinite(value) ? value : String(value);
}
