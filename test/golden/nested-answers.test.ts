import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Session } from "../../src/index.ts";
import { answerOf } from "../support/spark-golden.ts";

interface KeptAnswer {
  readonly sql: string;
  readonly schema?: string;
  /** Cells as Spark's Hive-style output prints them, tab-separated. */
  readonly rows?: readonly string[];
  /** Spark's error condition. */
  readonly error?: string;
  readonly settings?: { readonly [key: string]: string };
}

const folder = new URL("../data/spark-nested/", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));

let spark: Session;
beforeAll(() => {
  spark = Session.local({ workers: 2 });
  for (const name of readdirSync(new URL("tables/", folder)))
    spark.read.parquet(new URL(`tables/${name}`, folder).pathname).createOrReplaceTempView(name);
});
afterAll(() => spark.stop());

/** Rows without a place in the order may come in any. */
const inOrder = (sql: string, rows: readonly string[]): readonly string[] =>
  sql.includes("ORDER BY") ? rows : [...rows].sort();

async function ask({ sql, settings }: KeptAnswer): Promise<Omit<KeptAnswer, "sql">> {
  spark.conf.reset();
  for (const [key, value] of Object.entries(settings ?? {})) spark.conf.set(key, value);
  const answer = await answerOf(spark, sql);
  return "error" in answer
    ? { error: answer.error.condition }
    : { schema: answer.schema, rows: inOrder(sql, answer.rows) };
}

/** The last digits of variances depend on the order in which tasks are merged. */
function rounded(answer: Omit<KeptAnswer, "sql">): string {
  const text = (cell: string): string =>
    /^-?\d+\.\d+$/.test(cell) ? Number(cell).toPrecision(13) : cell;
  const rows = answer.rows?.map((row) => row.split("\t").map(text).join("\t"));
  return JSON.stringify({ ...answer, rows });
}

test.each(files)("the statements of %s are answered as Spark answers them", async (file) => {
  const kept = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as readonly KeptAnswer[];
  const wrong: unknown[] = [];
  for (const want of kept) {
    const got = await ask(want);
    const { sql, settings: _, ...answer } = want;
    const wanted = answer.rows ? { ...answer, rows: inOrder(sql, answer.rows) } : answer;
    if (rounded(got) !== rounded(wanted)) wrong.push({ sql, wanted, got });
  }
  expect(wrong).toEqual([]);
});
