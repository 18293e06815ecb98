import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formatHiveValue } from "../../../src/answer/format-value.ts";
import { TindraError } from "../../../src/common/errors.ts";
import { Session } from "../../../src/session/session.ts";

/** The statement and Spark 4.2.1's answer; then its answer without ANSI where that is another. */
type Row = readonly [sql: string, answer: string, withoutAnsi?: string];

const read = <T>(file: string): T =>
  JSON.parse(readFileSync(new URL(`../../data/spark/${file}`, import.meta.url), "utf8")) as T;
const { rules } = read<{ rules: { readonly [title: string]: readonly Row[] } }>("rules.json");
const { rows: statements } = read<{ rows: readonly Row[] }>("statements.json");
const TITLED: readonly (readonly [title: string, rows: readonly Row[]])[] = [
  ...Object.entries(rules),
  ["names, types, rows and errors of calls, casts and operators", statements],
];

let session: Session;
beforeAll(() => {
  session = Session.local({ workers: 1 });
});
afterAll(async () => {
  await session.stop();
});

/** The schema and the rows, or the condition of the error behind `!`. */
async function answerTo(sql: string): Promise<string> {
  try {
    const result = await session.sql(sql).run();
    const types = result.schema.fields.map((f) => f.type);
    const rows = [...result.engineRows()].map((row) =>
      types.map((type, i) => formatHiveValue(row[i] ?? null, type, result.timeZone)).join("\t"),
    );
    return [result.schema.simpleString(), ...rows].join("\n");
  } catch (error) {
    if (error instanceof TindraError) return `!${error.condition}`;
    throw error;
  }
}

describe.each([
  ["with", true],
  ["without", false],
] as const)("%s ANSI, as in Spark", (_, ansi) => {
  test.each(TITLED)("%s", async (_title, rows) => {
    session.conf.set("spark.sql.ansi.enabled", String(ansi));
    const wrong: string[] = [];
    for (const [sql, answer, withoutAnsi = answer] of rows) {
      const spark = ansi ? answer : withoutAnsi;
      const ours = await answerTo(sql);
      if (ours !== spark) wrong.push(`${sql}: ${spark}, not ${ours}`);
    }
    expect(rows.length).toBeGreaterThan(0);
    expect(wrong).toEqual([]);
  });
});
