import type { Table } from "apache-arrow";
import type { DecodedBatch } from "../formats/arrow-ipc/decode-arrow-stream.ts";
import { arrowTable } from "./arrow-table.ts";
import type { EngineValue } from "./engine-value.ts";
import { formatValue } from "./format-value.ts";
import { publicConverter } from "./public-value.ts";
import type { QueryMetrics } from "./query-metrics.ts";
import { type Row, rowMaker } from "./row.ts";
import type { Schema } from "./schema.ts";

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

  /** All rows as an Arrow table. */
  toArrow(): Promise<Table> {
    return arrowTable(this.schema.fields, this.batches());
  }
}
