import type { Value } from "./row.ts";

/** V8 has `JSON.rawJSON` since Node 21; TypeScript's library does not know it yet. */
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

/** What `JSON.stringify` writes for a value of a row: all digits of a bigint, text where JSON has no such number. */
export function toJsonValue(value: Value): unknown {
  if (typeof value === "bigint") return rawJSON(value.toString());
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) return value.map(toJsonValue);
  if (value instanceof Map)
    return [...value].map(([key, entry]) => [toJsonValue(key), toJsonValue(entry)]);
  return value;
}
