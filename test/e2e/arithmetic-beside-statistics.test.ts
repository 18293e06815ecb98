import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TindraError } from "../../src/common/errors.ts";
import { Session } from "../../src/index.ts";

const FOLDER = new URL("../data/arithmetic/", import.meta.url).pathname;

interface Answer {
  readonly table: "small" | "edge";
  readonly ansi: boolean;
  readonly expression: string;
  readonly rows?: readonly (string | null)[];
  readonly error?: string;
}

const ANSWERS = JSON.parse(readFileSync(`${FOLDER}answers.json`, "utf8")) as readonly Answer[];

describe("Arithmetic of columns whose files have statistics", () => {
  let spark: Session;
  beforeAll(() => {
    spark = Session.local({ workers: 1 });
  });
  afterAll(() => spark.stop());

  const answerTo = async (expression: string, table: string): Promise<Partial<Answer>> => {
    try {
      const text = `SELECT CAST(${expression} AS STRING) AS value FROM parquet.\`${FOLDER}${table}.parquet\` ORDER BY id`;
      const rows = await spark.sql(text).collect();
      return { rows: rows.map((row) => row["value"] as string | null) };
    } catch (error) {
      if (error instanceof TindraError) return { error: error.condition };
      throw error;
    }
  };

  it.each([
    ["small", true],
    ["small", false],
    ["edge", true],
    ["edge", false],
  ] as const)("is Spark's for every pair of widths: %s values, ANSI %s", async (table, ansi) => {
    spark.conf.set("spark.sql.ansi.enabled", String(ansi));
    const asked = ANSWERS.filter((answer) => answer.table === table && answer.ansi === ansi);
    expect(asked.length).toBeGreaterThan(100);
    const differ: unknown[] = [];
    for (const { expression, rows, error } of asked) {
      const got = await answerTo(expression, table);
      const wanted = rows ? { rows } : { error };
      if (JSON.stringify(got) !== JSON.stringify(wanted)) differ.push({ expression, wanted, got });
    }
    expect(differ).toEqual([]);
  });
});
