import { unreachable } from "../../common/assert.ts";
import type { ResultStream } from "../../session/result-stream.ts";
import type { FormatName } from "./format-name.ts";
import { writeCsv } from "./write-csv.ts";
import { writeJson, writeJsonLines } from "./write-json.ts";
import { writeMarkdown } from "./write-markdown.ts";

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
      yield (await result.collect()).showString();
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
