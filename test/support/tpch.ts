import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { DataFrame, Session } from "../../src/index.ts";
import { inRowGroups } from "./in-row-groups.ts";
import { TPCH_TABLES } from "./tpch-tables.ts";

export const TPCH_QUERIES = [
  "01",
  "03",
  "05",
  "06",
  "07",
  "08",
  "09",
  "10",
  "12",
  "13",
  "14",
  "19",
] as const;

const FOLDER = new URL("../data/tpch/", import.meta.url);

interface SparkAnswer {
  readonly columns: readonly string[];
  readonly types: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

export function tpchSql(query: string): string {
  return readFileSync(new URL(`queries/q${query}.sql`, FOLDER), "utf8");
}

/** The tables of scale factor 0.01, each a file of one row group. */
const TABLES = new URL("sf0.01/", FOLDER).pathname;

/** Makes the tables in a folder, of scale factor 0.01, known to a session. */
export function openTpch(spark: Session, folder = TABLES): void {
  for (const table of TPCH_TABLES)
    spark.read.parquet(join(folder, `${table}.parquet`)).createOrReplaceTempView(table);
}

/** Writes the tables into a folder in many row groups, so that their scans make several tasks. */
export function splitTpch(folder: string): void {
  for (const table of TPCH_TABLES) {
    const name = `${table}.parquet`;
    writeFileSync(join(folder, name), inRowGroups(readFileSync(join(TABLES, name)), 4096));
  }
}

/** The frame's columns, types and rows are Spark's, ties in the order aside. */
export async function expectSparkAnswer(query: string, frame: DataFrame): Promise<void> {
  const answer = JSON.parse(
    readFileSync(new URL(`sf0.01/answers/q${query}.json`, FOLDER), "utf8"),
  ) as SparkAnswer;
  const result = await frame.run();
  expect(result.schema.fields.map((f) => f.name)).toEqual(answer.columns);
  expect((await frame.dtypes()).map(([, type]) => type)).toEqual(answer.types);
  const got = result.rows().map((row) => row.toArray().map(cell));
  expect(sorted(got)).toEqual(sorted(answer.rows.map((row) => row.map(cell))));
}

/** Decimals and dates are text in the answers; doubles are compared to nine digits. */
function cell(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "number") return Number(value.toPrecision(9));
  return value === null ? null : String(value);
}

function sorted(rows: readonly (readonly unknown[])[]): string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}
