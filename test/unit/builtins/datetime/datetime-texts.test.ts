import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { formatHiveValue } from "../../../../src/answer/format-value.ts";
import { TindraError } from "../../../../src/common/errors.ts";
import { Session } from "../../../../src/session/session.ts";

/** Statements and Spark's answers: schema and rows, or the condition of the error behind `!`. */
interface Setting {
  readonly timeZone: string;
  readonly ansi: boolean;
  readonly rows: readonly (readonly [sql: string, answer: string])[];
}

const { settings } = JSON.parse(
  readFileSync(new URL("../../../data/spark/datetime-texts.json", import.meta.url), "utf8"),
) as { readonly settings: readonly Setting[] };

let session: Session;
beforeAll(() => {
  session = Session.local({ workers: 1 });
});
afterAll(async () => {
  await session.stop();
});

async function answerTo(sql: string): Promise<string> {
  try {
    const result = await session.sql(sql).run();
    const types = result.schema.fields.map((f) => f.type);
    const rows = [...result.engineRows()].map((row) =>
      types.map((type, i) => formatHiveValue(row[i] ?? null, type, "UTC")).join("\t"),
    );
    return [result.schema.simpleString(), ...rows].join("\n");
  } catch (error) {
    if (error instanceof TindraError) return `!${error.condition}`;
    throw error;
  }
}

test.each(settings)(
  "dates and times are read and printed as Spark does in $timeZone, ANSI: $ansi",
  async ({ timeZone, ansi, rows }) => {
    session.conf.set("spark.sql.session.timeZone", timeZone);
    session.conf.set("spark.sql.ansi.enabled", String(ansi));
    const wrong: string[] = [];
    for (const [sql, spark] of rows) {
      const ours = await answerTo(sql);
      if (ours !== spark) wrong.push(`${sql}: ${spark}, not ${ours}`);
    }
    expect(rows.length).toBeGreaterThan(20);
    expect(wrong).toEqual([]);
  },
);
