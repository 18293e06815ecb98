import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type DataType, field, simpleString, struct } from "../../../../src/columnar/data-type.ts";
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

/** JSON has one zero, and Spark hands maps to Python in no order. */
function comparable(type: DataType, value: LiteralJson): LiteralJson {
  if (!Array.isArray(value)) return value === 0 ? 0 : value;
  const parts: LiteralJson[] = value;
  if (type.kind === "array") return parts.map((part) => comparable(type.element, part));
  if (type.kind === "struct")
    return parts.map((part, i) => comparable(type.fields[i]?.type ?? type, part));
  if (type.kind !== "map") return value;
  const entry = struct([field("key", type.key), field("value", type.value)]);
  return parts
    .map((part) => comparable(entry, part))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

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
    facts.fields.forEach(({ name: column, type }, i) => {
      const wanted = answer.rows.map((row) => comparable(type, row[i] ?? null));
      expect(
        columns.get(column)?.map((value) => comparable(type, value)),
        column,
      ).toEqual(wanted);
    });
  });
});

test("a type that Spark does not read is refused in Spark's words", async () => {
  const reading = readParquet(`${PARQUET_FOLDER}pyarrow-time.parquet`);
  await expect(reading).rejects.toThrow(DataError);
  await expect(reading).rejects.toThrow("The data type TIME is not supported");
});

test("nanoseconds are rounded down to microseconds", async () => {
  const { columns } = await readParquet(`${PARQUET_FOLDER}pyarrow-nanos.parquet`);
  expect(columns.get("t")).toEqual(["0", "-1", "1", "-2", null, "1700000000123456"]);
});
