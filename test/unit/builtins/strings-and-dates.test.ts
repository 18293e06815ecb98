import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { TindraError } from "../../../src/common/errors.ts";
import { selectConstants } from "../../support/builtin-harness.ts";

interface Answers {
  readonly timeZone: string;
  readonly queries: readonly {
    readonly sql: string;
    readonly rows?: readonly string[];
    readonly schema?: string;
    readonly error?: string;
    readonly sqlState?: string;
  }[];
}

const FILES = ["strings-and-dates-utc.json", "strings-and-dates-los-angeles.json"];

for (const file of FILES) {
  const path = new URL(`../../data/spark/${file}`, import.meta.url);
  const { timeZone, queries } = JSON.parse(readFileSync(path, "utf8")) as Answers;
  describe(`What Spark answers in ${timeZone}`, () => {
    for (const { sql, rows, schema, error, sqlState } of queries) {
      it(`is what ${JSON.stringify(sql)} gives`, () => {
        if (error === undefined) {
          const row = selectConstants(sql, { timeZone });
          expect([row.cells.join("\t")]).toEqual(rows);
          if (schema !== undefined) expect(row.schema).toBe(schema);
          return;
        }
        const thrown = errorOf(() => selectConstants(sql, { timeZone }));
        expect(thrown).toBeInstanceOf(TindraError);
        if (error !== "any") expect(thrown).toMatchObject({ condition: error, sqlState });
      });
    }
  });
}

function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
