import { readFileSync } from "node:fs";
import { beforeEach, expect, test, vi } from "vitest";
import { array, INT } from "../../../../src/columnar/data-type.ts";
import { readParquet } from "../../../support/parquet-files.ts";
import { SPARK_FILES } from "../../../support/spark-files.ts";

const memory = { bytes: 0, afterwards: 0 };

vi.mock("parquet-wasm", () => ({
  wasmMemory: () => ({ buffer: { byteLength: memory.bytes } }),
  readParquet: () => {
    memory.bytes = memory.afterwards;
    throw new Error("unreachable");
  },
}));

const nested = readFileSync(`${SPARK_FILES}kinds-nested.parquet`);
const read = () => readParquet(nested, { ints: array(INT) });

beforeEach(() => {
  memory.bytes = 2 ** 20;
});

test("a failure of parquet-wasm that filled its memory is a column too large, not a corrupt one", async () => {
  memory.afterwards = 4 * 2 ** 30;
  await expect(read()).rejects.toMatchObject({
    family: "resources",
    condition: "PARQUET_COLUMN_TOO_LARGE",
    details: { column: "ints", rowGroup: 0, sizeBytes: 4 * 2 ** 30 - 2 ** 20 },
  });
});

test.each([
  ["did not grow its memory", 2 ** 20],
  ["grew its memory a little", 2 ** 30],
])("a failure of parquet-wasm that %s is a corrupt column", async (_, afterwards) => {
  memory.afterwards = afterwards;
  await expect(read()).rejects.toMatchObject({
    family: "data",
    condition: "FAILED_READ_FILE.NO_HINT",
    details: { column: "ints", reason: "parquet-wasm: unreachable" },
  });
});
