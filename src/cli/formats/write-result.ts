import type { ResultStream } from "../../answer/result-stream.ts";
import { unreachable } from "../../common/assert.ts";
import { printable } from "../printable.ts";
import type { FormatName } from "./format-name.ts";
import { writeCsv } from "./write-csv.ts";
import { writeJson, writeJsonLines } from "./write-json.ts";
import { writeMarkdown } from "./write-markdown.ts";
import { writeTable } from "./write-table.ts";

/**
 * The pieces of a result in one of the forms, in order: `json`, `jsonl` and `csv` while the result is brought, the
 * others once all of it is here. `arrow` is an IPC stream.
 */
export async function* writeResult(
  result: ResultStream,
  format: FormatName,
): AsyncGenerator<string | Uint8Array, void, void> {
  switch (format) {
    case "table":
      yield writeTable(await result.collect());
      return;
    case "json":
      yield* writeJson(result);
      return;
    case "jsonl":
      yield* writeJsonLines(result);
      return;
    case "csv":
      yield* writeCsv(result);
      return;
    case "markdown":
      yield* writeMarkdown(await result.collect());
      return;
    case "arrow": {
      const { tableToIPC } = await import("apache-arrow");
      yield tableToIPC(await (await result.collect()).toArrow(), "stream");
      return;
    }
    default:
      unreachable(format);
  }
}

/** The text of a plan, which EXPLAIN answers as its only cell. */
export async function* writeExplained(result: ResultStream): AsyncGenerator<string, void, void> {
  for await (const rows of result.engineRows())
    for (const [plan = null] of rows) yield `${printable(String(plan)).trimEnd()}\n`;
}
