import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { simpleString } from "../../../../src/columnar/data-type.ts";
import type { LiteralJson } from "../../../../src/columnar/literal-json.ts";
import { DataError } from "../../../../src/common/errors.ts";
import { testMemory } from "../../../support/memory-vectors.ts";
import { PARQUET_FOLDER, parquetNames, readParquet } from "../../../support/parquet-files.ts";

type Answer =
  | { readonly error: string }
  | {
      readonly fields: readonly (readonly [string, string])[];
      readonly rows: readonly (readonly LiteralJson[])[];
    };

const reuse = testMemory();

function answerOf(name: string): Answer {
  return JSON.parse(readFileSync(`${PARQUET_FOLDER}${name}.json`, "utf8"));
}

/** Spark's JSON has one zero. */
const positiveZero = (value: LiteralJson): LiteralJson => JSON.parse(JSON.stringify(value));

describe("files of other writers read as Spark reads them", () => {
  const names = parquetNames(PARQUET_FOLDER).filter((name) => "rows" in answerOf(name));
  test.each(names)("%s", async (name) => {
    const answer = answerOf(name);
    if ("error" in answer) return;
    const { facts, columns } = await readParquet(
      `${PARQUET_FOLDER}${name}.parquet`,
      undefined,
      reuse,
    );
    expect(facts.fields.map((f) => [f.name, simpleString(f.type)])).toEqual(answer.fields);
    expect(facts.rows).toBe(answer.rows.length);
    answer.fields.forEach(([column], i) => {
      const wanted = answer.rows.map((row) => positiveZero(row[i] ?? null));
      expect(columns.get(column)?.map(positiveZero), column).toEqual(wanted);
    });
  });
});

test("a type that Spark does not read is refused in Spark's words", async () => {
  const reading = readParquet(`${PARQUET_FOLDER}pyarrow-time.parquet`);
  await expect(reading).rejects.toThrow(DataError);
  await expect(reading).rejects.toThrow("Illegal Parquet type: INT64 (TIME(MICROS,false))");
});

test("nanoseconds are rounded down to microseconds", async () => {
  const { columns } = await readParquet(`${PARQUET_FOLDER}pyarrow-nanos.parquet`);
  expect(columns.get("t")).toEqual(["0", "-1", "1", "-2", null, "1700000000123456"]);
});
