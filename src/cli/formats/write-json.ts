import { simpleString } from "../../columnar/data-type.ts";
import type { QueryResult } from "../../session/query-result.ts";
import { jsonText, object } from "./json-text.ts";

/** `{"schema":[{"name","type"}],"rows":[[…]]}` in one line. */
export function* writeJson(result: QueryResult): Generator<string, void, void> {
  const { fields } = result.schema;
  const schema = fields.map(({ name, type }) =>
    object([
      ["name", JSON.stringify(name)],
      ["type", JSON.stringify(simpleString(type))],
    ]),
  );
  yield `{"schema":[${schema.join(",")}],"rows":[`;
  let before = "";
  for (const values of result.engineRows()) {
    const cells = fields.map(({ type }, i) => jsonText(values[i] ?? null, type, result.timeZone));
    yield `${before}[${cells.join(",")}]`;
    before = ",";
  }
  yield "]}\n";
}

/** One object a line, by column name. A name that repeats is written each time. */
export function* writeJsonLines(result: QueryResult): Generator<string, void, void> {
  const { fields } = result.schema;
  for (const values of result.engineRows())
    yield `${object(
      fields.map(
        ({ name, type }, i) => [name, jsonText(values[i] ?? null, type, result.timeZone)] as const,
      ),
    )}\n`;
}
