import { ResourcesError } from "../common/errors.ts";
import { decodeArrowPieces } from "../formats/arrow-ipc/decode-arrow-pieces.ts";
import type { PlannedFacts } from "../query/planned-facts.ts";
import type { QueryMetrics } from "../query/query-metrics.ts";
import type { ServedStream } from "../query/query-service.ts";
import { jobResult } from "./query-result.ts";
import { ResultStream } from "./result-stream.ts";
import { Schema } from "./schema.ts";

/** What an engine elsewhere answered, brought as it is asked for. `mostBytes` may be collected. */
export function servedResult(
  facts: PlannedFacts,
  streams: readonly ServedStream[],
  metrics: QueryMetrics,
  mostBytes: number,
): ResultStream {
  return new ResultStream({
    schema: new Schema(facts.fields),
    rowCount: metrics.rows,
    metrics,
    timeZone: facts.settings.timeZone,
    batches: async function* () {
      for (const stream of streams) yield* decodeArrowPieces(stream.pieces(), facts.fields);
    },
    collect: async () => {
      const sizeBytes = streams.reduce((sum, stream) => sum + stream.sizeBytes, 0);
      if (sizeBytes > mostBytes) throw tooLarge(sizeBytes, mostBytes);
      return jobResult(facts, await Promise.all(streams.map(gathered)), metrics);
    },
  });
}

async function gathered({ pieces, sizeBytes }: ServedStream): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafeSlow(sizeBytes);
  let at = 0;
  for await (const piece of pieces()) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes.subarray(0, at);
}

const tooLarge = (sizeBytes: number, limitBytes: number): ResourcesError =>
  new ResourcesError({
    condition: "RESULT_TOO_LARGE",
    message: `The result has ${sizeBytes} bytes, more than spark.driver.maxResultSize (${limitBytes}). Aggregate or limit it, read it with toLocalIterator, or raise the setting`,
    sqlState: "54000",
    details: { sizeBytes, limitBytes },
  });
