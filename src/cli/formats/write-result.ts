import { unreachable } from "../../common/assert.ts";
import type { QueryResult } from "../../session/query-result.ts";
import type { FormatName } from "./format-name.ts";
import { writeCsv } from "./write-csv.ts";
import { writeJson, writeJsonLines } from "./write-json.ts";
import { writeMarkdown } from "./write-markdown.ts";

/** The pieces of a result in one of the forms, in order. `arrow` is an IPC stream. */
export async function* writeResult(
  result: QueryResult,
  format: FormatName,
): AsyncGenerator<string | Uint8Array, void, void> {
  switch (format) {
    case "table":
      yield result.showString();
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
      yield* writeMarkdown(result);
      return;
    case "arrow": {
      const { tableToIPC } = await import("apache-arrow");
      yield tableToIPC(await result.toArrow(), "stream");
      return;
    }
    default:
      unreachable(format);
  }
}
