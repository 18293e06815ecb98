import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { formatHiveValue } from "../../../../src/answer/format-value.ts";
import { TindraError } from "../../../../src/common/errors.ts";
import { Session } from "../../../../src/index.ts";

const data = JSON.parse(
  readFileSync(new URL("../../../data/spark/text-functions.json", import.meta.url), "utf8"),
) as {
  /** `{0}` in a statement stands for the first. */
  readonly tables: readonly string[];
  /** Spark's rows, or `!` where it fails. */
  readonly statements: readonly (readonly [string, readonly string[] | "!"])[];
};

let session: Session;
beforeAll(() => {
  session = Session.local({ workers: 1, memory: "256m" });
});
afterAll(() => session.stop());

async function ours(sql: string): Promise<readonly string[] | "!"> {
  try {
    const result = await session.sql(sql).run();
    const types = result.schema.fields.map((field) => field.type);
    return [...result.engineRows()].map((row) =>
      types.map((type, i) => formatHiveValue(row[i] ?? null, type, "UTC")).join("\t"),
    );
  } catch (error) {
    if (error instanceof TindraError && error.condition !== "INTERNAL_ERROR") return "!";
    throw error;
  }
}

const PARTS = 8;
const parts = Array.from({ length: PARTS }, (_, part) =>
  data.statements.filter((_, i) => i % PARTS === part),
);

it.each(parts.map((statements, i) => [i + 1, statements] as const))(
  "format_string, format_number, base64, conv, encode and their like are Spark's, part %i",
  async (_, statements) => {
    const wrong: string[] = [];
    for (const [statement, spark] of statements) {
      const sql = statement.replace(
        /\{(\d)\}$/,
        (_, table: string) => data.tables[Number(table)] ?? "",
      );
      const got = await ours(sql);
      if (String(got) !== String(spark)) wrong.push(`${statement}: ${spark}, not ${got}`);
    }
    expect(wrong).toEqual([]);
  },
);
