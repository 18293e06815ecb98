import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { FileFacts } from "../../../../src/columnar/file-facts.ts";
import type { LiteralJson } from "../../../../src/columnar/literal-json.ts";
import { present } from "../../../../src/common/assert.ts";
import { decodeByFallback } from "../../../../src/formats/parquet/fallback-decoder.ts";
import { duckdbColumns } from "../../../support/duckdb-columns.ts";
import { type TestMemory, testMemory } from "../../../support/memory-vectors.ts";
import { parquetNames, readParquet, TPCH_FOLDER } from "../../../support/parquet-files.ts";
import { sameValues, vectorLiterals } from "../../../support/vector-literals.ts";

const reuse = testMemory();

/** What parquet-wasm reads from a column. */
function foreignColumn(path: string, facts: FileFacts, name: string): LiteralJson[] {
  const bytes = readFileSync(path);
  const field = present(
    facts.fields.find((f) => f.name === name),
    name,
  );
  const { memory }: TestMemory = reuse;
  const arena = memory.arena();
  return facts.rowGroups.flatMap(({ rows, columns }) => {
    const task = {
      field,
      type: field.type,
      convert: null,
      chunks: present(columns[name], name).chunks,
      rows,
      bytesOf: (chunk: { offset: number; sizeBytes: number }) =>
        bytes.subarray(chunk.offset, chunk.offset + chunk.sizeBytes),
      fail: (reason: string) => expect.unreachable(reason),
    };
    const values = vectorLiterals(memory, decodeByFallback(task, arena), rows);
    arena.reset();
    return values;
  });
}

describe("every column of TPC-H reads as DuckDB and parquet-wasm read it", () => {
  test.each(parquetNames(TPCH_FOLDER))("%s", { timeout: 30_000 }, async (name) => {
    const path = `${TPCH_FOLDER}${name}.parquet`;
    const { facts, columns, metrics } = await readParquet(path, undefined, reuse);
    const wanted = await duckdbColumns(path, facts.fields);
    expect(metrics.fallbackChunks).toBe(0);
    for (const field of facts.fields) {
      const ours = present(columns.get(field.name), field.name);
      expect(sameValues(ours, wanted.get(field.name)), field.name).toBe(true);
      expect(sameValues(ours, foreignColumn(path, facts, field.name)), field.name).toBe(true);
    }
  });
});
