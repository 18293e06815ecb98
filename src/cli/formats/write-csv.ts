import type { EngineValue } from "../../answer/engine-value.ts";
import { formatValue } from "../../answer/format-value.ts";
import type { ResultStream } from "../../answer/result-stream.ts";
import { type DataType, isNested } from "../../columnar/data-type.ts";
import { jsonText } from "./json-text.ts";

/** RFC 4180 with a header line. Null is nothing, an empty text is `""`; nested values are JSON, binary is base64. */
export async function* writeCsv(result: ResultStream): AsyncGenerator<string, void, void> {
  const { fields } = result.schema;
  yield `${fields.map((field) => quoted(field.name)).join(",")}\r\n`;
  for await (const rows of result.engineRows())
    for (const values of rows)
      yield `${fields.map(({ type }, i) => cell(values[i] ?? null, type, result.timeZone)).join(",")}\r\n`;
}

function cell(value: EngineValue, type: DataType, timeZone: string): string {
  if (value === null) return "";
  if (type.kind === "binary") return Buffer.from(value as Uint8Array).toString("base64");
  if (isNested(type)) return quoted(jsonText(value, type, timeZone));
  return quoted(formatValue(value, type, timeZone));
}

function quoted(text: string): string {
  return text === "" || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
