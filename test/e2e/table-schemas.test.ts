import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DataFrame, functions as F, Session, TindraError } from "../../src/index.ts";

interface Answer {
  readonly schema?: string;
  readonly rows?: readonly (readonly (string | null)[])[];
  readonly error?: string;
}

/** A table of two files that disagree, and Spark 4.2.1's answers. */
interface SchemaCase {
  readonly case: string;
  readonly folder: string;
  readonly first: Answer;
  readonly merged: Answer;
  readonly count: Answer;
}

const FOLDER = new URL("../data/schemas/", import.meta.url).pathname;
const CASES: readonly SchemaCase[] = JSON.parse(readFileSync(`${FOLDER}schemas.json`, "utf8"));

const byText = (a: unknown, b: unknown): number => (String(a) < String(b) ? -1 : 1);

async function answerOf(frame: DataFrame): Promise<Answer> {
  try {
    const schema = await frame.schema();
    const texts = schema.fields.map(({ name }) => F.col(name).cast("string").as(name));
    const rows = (await frame.select(...texts).collect()).map((row) =>
      schema.fields.map(({ name }) => (row as { readonly [name: string]: string | null })[name]),
    );
    return { schema: schema.simpleString(), rows: rows.sort(byText) as string[][] };
  } catch (thrown) {
    if (!(thrown instanceof TindraError)) throw thrown;
    return { error: thrown.condition };
  }
}

/** Of the two languages' orders of texts, one. */
const sorted = (answer: Answer): Answer =>
  answer.rows === undefined ? answer : { ...answer, rows: answer.rows.toSorted(byText) };

describe("files that disagree about their columns are read as Spark reads them", () => {
  let spark: ReturnType<typeof Session.local>;

  beforeAll(() => {
    spark = Session.local({ workers: 1 });
  });
  afterAll(() => spark.stop());

  it.each(CASES)("through the first file's: $case", async ({ folder, first }) => {
    expect(await answerOf(spark.read.parquet(`${FOLDER}tables/${folder}`))).toEqual(sorted(first));
  });

  it.each(CASES)("merged on request: $case", async ({ folder, merged }) => {
    const read = spark.read.option("mergeSchema", true).parquet(`${FOLDER}tables/${folder}`);
    expect(await answerOf(read)).toEqual(sorted(merged));
  });

  it.each(CASES)("counted: $case", async ({ folder, count }) => {
    const frame = spark.read.parquet(`${FOLDER}tables/${folder}`);
    expect(await answerOf(frame.agg(F.count("*").as("n")))).toEqual(count);
  });

  it.each(CASES)(
    "with rows ruled out by statistics as without: $case",
    async ({ folder, first }) => {
      const [column = ""] = /(?<=struct<)\w+/.exec(first.schema ?? "") ?? [];
      if (
        first.rows === undefined ||
        !/^struct<\w+:(?:int|bigint|double|decimal|timestamp|string)/.test(first.schema ?? "")
      )
        return;
      const frame = spark.read.parquet(`${FOLDER}tables/${folder}`);
      const all = await answerOf(frame);
      const kept: string[][] = [];
      for (const text of new Set(first.rows.map(([value]) => value))) {
        const one = F.expr(
          text === null || text === undefined
            ? `${column} IS NULL`
            : `${column} = CAST('${text}' AS ${typeText(first)})`,
        );
        kept.push(...((await answerOf(frame.filter(one))).rows as string[][]));
      }
      expect(kept.sort(byText)).toEqual(all.rows);
    },
  );

  it("merges by the session's setting too", async () => {
    await using other = Session.local({ workers: 1 });
    other.conf.set("spark.sql.parquet.mergeSchema", true);
    const frame = other.read.parquet(`${FOLDER}tables/added-column`);
    expect((await frame.schema()).simpleString()).toBe("struct<a:int,b:string>");
  });
});

const typeText = ({ schema }: Answer): string =>
  /(?<=:)[a-z_]+(?:\([\d,]+\))?/.exec(schema ?? "")?.[0] ?? "";
