import type { ResultStream } from "../../answer/result-stream.ts";
import { simpleString } from "../../columnar/data-type.ts";
import { jsonText, object } from "./json-text.ts";

/** `{"schema":[{"name","type"}],"rows":[[…]]}` in one line. */
export async function* writeJson(result: ResultStream): AsyncGenerator<string, void, void> {
  const { fields } = result.schema;
  const schema = fields.map(({ name, type }) =>
    object([
      ["name", JSON.stringify(name)],
      ["type", JSON.stringify(simpleString(type))],
    ]),
  );
  yield `{"schema":[${schema.join(",")}],"rows":[`;
  let before = "";
  for await (const rows of result.engineRows())
    for (const values of rows) {
      const cells = fields.map(({ type }, i) => jsonText(values[i] ?? null, type, result.timeZone));
      yield `${before}[${cells.join(",")}]`;
      before = ",";
    }
  yield "]}\n";
}

/** One object a line, by column name. A name that repeats is written each time. */
export async function* writeJsonLines(result: ResultStream): AsyncGenerator<string, void, void> {
  const { fields } = result.schema;
  for await (const rows of result.engineRows())
    for (const values of rows)
      yield `${object(
        fields.map(
          ({ name, type }, i) =>
            [name, jsonText(values[i] ?? null, type, result.timeZone)] as const,
        ),
      )}\n`;
}
