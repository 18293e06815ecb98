import type { Table } from "apache-arrow";
import { fromLiteralJson, type LiteralJson } from "../columnar/literal-json.ts";
import { type DecodedBatch, decodeArrowStream } from "../formats/arrow-ipc/decode-arrow-stream.ts";
import type { PlannedFacts } from "../query/planned-facts.ts";
import type { QueryAnswer } from "../query/query-answer.ts";
import type { QueryMetrics } from "../query/query-metrics.ts";
import { arrowTable } from "./arrow-table.ts";
import type { EngineValue } from "./engine-value.ts";
import { formatValue } from "./format-value.ts";
import { publicConverter } from "./public-value.ts";
import { renderTable } from "./render-table.ts";
import { type Row, rowMaker } from "./row.ts";
import { Schema } from "./schema.ts";

/** The answer of a query: its rows in the forms that faces want, and what it took. */
export class QueryResult {
  readonly schema: Schema;
  readonly metrics: QueryMetrics;
  /** For printing timestamps. */
  readonly timeZone: string;
  /** How many rows there are. */
  readonly rowCount: number;
  private readonly batches: () => Iterable<DecodedBatch>;

  constructor(parts: {
    readonly schema: Schema;
    readonly rowCount: number;
    /** Decodes the result anew at each call. */
    readonly batches: () => Iterable<DecodedBatch>;
    readonly metrics: QueryMetrics;
    readonly timeZone: string;
  }) {
    this.schema = parts.schema;
    this.metrics = parts.metrics;
    this.timeZone = parts.timeZone;
    this.batches = parts.batches;
    this.rowCount = parts.rowCount;
  }

  /** All rows, as JavaScript objects. */
  rows(): Row[] {
    return [...this.iterator()];
  }

  /** The rows one after the other, made as they are asked for. */
  *iterator(): Generator<Row, void, void> {
    const make = rowMaker(this.schema.fields);
    const converters = this.schema.fields.map((field) => publicConverter(field.type));
    for (const values of this.engineRows())
      yield make(converters.map((convert, i) => convert(values[i] ?? null)));
  }

  /** The rows in the engine's own form, column by column. */
  decodedBatches(): Iterable<DecodedBatch> {
    return this.batches();
  }

  /** The rows in the engine's own form. */
  *engineRows(): Generator<readonly EngineValue[], void, void> {
    for (const { rows, columns } of this.batches())
      for (let row = 0; row < rows; row++)
        yield columns.map((values) => (values[row] ?? null) as EngineValue);
  }

  /** The first rows as texts, as `show` prints them uncut. */
  textRows(count: number = Number.POSITIVE_INFINITY): string[][] {
    const types = this.schema.fields.map((field) => field.type);
    const texts: string[][] = [];
    for (const values of this.engineRows()) {
      if (texts.length >= count) break;
      texts.push(types.map((type, i) => formatValue(values[i] ?? null, type, this.timeZone)));
    }
    return texts;
  }

  /** The text of `show` with all rows, uncut. */
  showString(): string {
    return renderTable(this.schema.names, this.textRows(), this.rowCount, { truncate: false });
  }

  /** All rows as an Arrow table. */
  toArrow(): Promise<Table> {
    return arrowTable(this.schema.fields, this.batches());
  }
}

/** The result of an answer that is here as a whole. */
export function resultOf({ facts, metrics, rows }: QueryAnswer<Uint8Array>): QueryResult {
  return rows.kind === "literals"
    ? valuesResult(facts, rows, metrics)
    : jobResult(facts, rows.streams, metrics);
}

/** The result of a job, decoded as it is asked for. */
export function jobResult(
  query: PlannedFacts,
  streams: readonly Uint8Array[],
  metrics: QueryMetrics,
): QueryResult {
  return new QueryResult({
    schema: new Schema(query.fields),
    rowCount: metrics.rows,
    batches: function* () {
      for (const stream of streams) yield* decodeArrowStream(stream, query.fields);
    },
    metrics,
    timeZone: query.settings.timeZone,
  });
}

/** The result of a plan that carries its rows: there is nothing to run. */
export function valuesResult(
  query: PlannedFacts,
  { rows }: { readonly rows: readonly (readonly LiteralJson[])[] },
  metrics: QueryMetrics,
): QueryResult {
  const columns = query.fields.map(({ type }, i) =>
    rows.map((row) => fromLiteralJson(type, row[i] ?? null)),
  );
  return new QueryResult({
    schema: new Schema(query.fields),
    rowCount: rows.length,
    batches: () => [{ rows: rows.length, columns }],
    metrics: { ...metrics, rows: rows.length },
    timeZone: query.settings.timeZone,
  });
}
