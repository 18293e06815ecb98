import type { DecodedBatch } from "../formats/arrow-ipc/decode-arrow-stream.ts";
import type { QueryMetrics } from "../query/query-metrics.ts";
import type { EngineValue } from "./engine-value.ts";
import { publicConverter } from "./public-value.ts";
import type { QueryResult } from "./query-result.ts";
import { type Row, rowMaker } from "./row.ts";
import type { Schema } from "./schema.ts";

/** The answer of a query whose rows may be elsewhere: then they are brought while they are read, however many. */
export class ResultStream {
  readonly schema: Schema;
  readonly metrics: QueryMetrics;
  /** For printing timestamps. */
  readonly timeZone: string;
  /** How many rows there are. */
  readonly rowCount: number;
  private readonly parts: ResultStreamParts;

  constructor(parts: ResultStreamParts) {
    this.schema = parts.schema;
    this.metrics = parts.metrics;
    this.timeZone = parts.timeZone;
    this.rowCount = parts.rowCount;
    this.parts = parts;
  }

  /** The rows one after the other, made as they are asked for. Each call begins anew. */
  async *rows(): AsyncGenerator<Row, void, void> {
    const make = rowMaker(this.schema.fields);
    const converters = this.schema.fields.map((field) => publicConverter(field.type));
    for await (const rows of this.engineRows())
      for (const values of rows)
        yield make(converters.map((convert, i) => convert(values[i] ?? null)));
  }

  /** The rows in the engine's own form, a batch of them at a time. */
  async *engineRows(): AsyncGenerator<readonly (readonly EngineValue[])[], void, void> {
    for await (const { rows, columns } of this.parts.batches())
      yield Array.from({ length: rows }, (_, row) =>
        columns.map((values) => (values[row] ?? null) as EngineValue),
      );
  }

  /** All rows at once. Rejects with `RESULT_TOO_LARGE` where they are more than `spark.driver.maxResultSize`. */
  collect(): Promise<QueryResult> {
    return this.parts.collect();
  }
}

export interface ResultStreamParts {
  readonly schema: Schema;
  readonly rowCount: number;
  readonly metrics: QueryMetrics;
  readonly timeZone: string;
  /** Brings and decodes the result anew at each call. */
  readonly batches: () => AsyncIterable<DecodedBatch>;
  readonly collect: () => Promise<QueryResult>;
}

/** A result that is here already, as a stream. */
export function streamOf(result: QueryResult): ResultStream {
  const { schema, rowCount, metrics, timeZone } = result;
  return new ResultStream({
    schema,
    rowCount,
    metrics,
    timeZone,
    batches: async function* () {
      yield* result.decodedBatches();
    },
    collect: async () => result,
  });
}
