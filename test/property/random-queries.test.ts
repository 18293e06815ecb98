import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Session } from "../../src/index.ts";
import { type RandomQuery, randomQuery } from "../support/random-queries.ts";
import { randomRows, writeParquet } from "../support/random-tables.ts";

const DATASETS = 10;
const QUERIES_PER_DATASET = 50;
const seed = Number(process.env["SEED"] ?? Date.now() % 2 ** 31);

describe(`random queries answer as DuckDB does (SEED=${seed})`, () => {
  const folder = mkdtempSync(join(tmpdir(), "tindra-random-"));
  const spark = Session.local({ workers: 2 });
  let duckdb: DuckDBConnection;
  beforeAll(async () => {
    duckdb = await (await DuckDBInstance.create(":memory:")).connect();
  });
  afterAll(async () => {
    await spark.stop();
    rmSync(folder, { recursive: true });
  });

  test.each(Array.from({ length: DATASETS }, (_, i) => seed + i))(
    "over tables of seed %i",
    async (dataSeed) => {
      for (const [i, table] of ["t", "u"].entries()) {
        const [rows = []] = fc.sample(randomRows, { seed: dataSeed * 2 + i, numRuns: 1 });
        const path = join(folder, `${table}-${dataSeed}.parquet`);
        await writeParquet(duckdb, rows, path);
        await duckdb.run(
          `create or replace view ${table} as select * from read_parquet('${path}')`,
        );
        spark.read.parquet(path).createOrReplaceTempView(table);
      }
      await fc.assert(
        fc.asyncProperty(randomQuery, async (query) => {
          expect(await ourRows(spark, query)).toEqual(await duckdbRows(duckdb, query));
        }),
        { seed: dataSeed, numRuns: QUERIES_PER_DATASET },
      );
    },
  );
});

async function ourRows(spark: Session, { sql, ordered }: RandomQuery): Promise<string[]> {
  const rows = (await spark.sql(sql).collect()).map((row) => row.toArray().map(cell).join("|"));
  return ordered ? rows : rows.sort();
}

async function duckdbRows(
  duckdb: DuckDBConnection,
  { sql, ordered }: RandomQuery,
): Promise<string[]> {
  const rows = (await duckdb.runAndReadAll(sql)).getRows().map((row) => row.map(cell).join("|"));
  return ordered ? rows : rows.sort();
}

/** Numbers by value to nine digits, whatever their type; all else as text. */
function cell(value: unknown): string {
  const text = String(value);
  if (typeof value === "boolean" || !/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) return text;
  return (Number(text) + 0).toPrecision(9);
}
