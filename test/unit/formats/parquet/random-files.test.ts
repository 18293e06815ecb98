import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { duckdbColumns } from "../../../support/duckdb-columns.ts";
import { testMemory } from "../../../support/memory-vectors.ts";
import { readParquet } from "../../../support/parquet-files.ts";
import { sameValues } from "../../../support/vector-literals.ts";

const folder = mkdtempSync(join(tmpdir(), "tindra-parquet-"));
const connection = await (await DuckDBInstance.create(":memory:")).connect();
const reuse = testMemory();

afterAll(() => {
  connection.closeSync();
  rmSync(folder, { recursive: true });
});

/** `H` is a hash of the row: how many values a column has, and how they repeat, is what the files vary in. */
const TYPES = [
  "(H % 2)::boolean",
  "(H % 256)::utinyint",
  "((H % 65536)::bigint - 32768)::smallint",
  "(H % 4294967296)::uinteger",
  "((H % 4294967296)::bigint - 2147483648)::integer",
  "(H % 9223372036854775807)::bigint",
  "H::ubigint",
  "(H % 1000000)::float / 7",
  "(H % 1000000007)::double / 7",
  "((H % 9999)::bigint / 100)::decimal(4, 2)",
  "((H % 999999999)::bigint / 100)::decimal(9, 2)",
  "((H % 1000000007)::bigint)::decimal(18, 4)",
  "(H::decimal(25, 0))::decimal(38, 5)",
  "repeat(chr((97 + H % 26)::int), (H % 17)::int) || H::varchar",
  "'grüße ' || H::varchar",
  "('b' || H::varchar)::blob",
  "date '1970-01-01' + (H % 40000)::int",
  "timestamp '1960-01-01' + interval (H % 3000000000) millisecond",
] as const;

const column = fc.record({
  type: fc.constantFrom(...TYPES),
  distinct: fc.constantFrom(1, 2, 7, 300, 70_000),
  runs: fc.constantFrom(1, 1, 9, 500),
  nulls: fc.constantFrom(0, 0, 2, 50, 100),
});

const file = fc.record({
  rows: fc.constantFrom(0, 1, 7, 2049, 5000),
  seed: fc.nat(1_000_000),
  columns: fc.array(column, { minLength: 1, maxLength: 6 }),
  codec: fc.constantFrom("snappy", "zstd", "gzip", "brotli", "lz4_raw", "uncompressed"),
  version: fc.constantFrom("v1", "v1", "v2"),
  dictionaryLimit: fc.constantFrom(1, 500, 1_000_000),
});

test("random files read as DuckDB reads them", { timeout: 60_000 }, async () => {
  let files = 0;
  await fc.assert(
    fc.asyncProperty(file, async ({ rows, seed, columns, codec, version, dictionaryLimit }) => {
      const path = join(folder, `${files++}.parquet`);
      const list = columns.map(({ type, distinct, runs, nulls }, i) => {
        const hash = `hash(${seed + i} + hash((r // ${runs})) % ${distinct})`;
        const value = type.replaceAll("H", `(${hash})`);
        return `case when hash(r + ${i}) % 100 < ${nulls} then null else ${value} end as c${i}`;
      });
      await connection.run(
        `copy (select ${list.join(", ")} from range(${rows}) t(r)) to '${path}'
         (format parquet, codec ${codec}, row_group_size 2048, parquet_version ${version}, dictionary_size_limit ${dictionaryLimit})`,
      );
      const { facts, columns: ours } = await readParquet(path, undefined, reuse);
      const wanted = await duckdbColumns(path, facts.fields);
      for (const { name } of facts.fields)
        expect(sameValues(ours.get(name), wanted.get(name)), name).toBe(true);
    }),
    { numRuns: 40 },
  );
});
