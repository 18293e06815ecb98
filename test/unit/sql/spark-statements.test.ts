import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { AnalysisError, type TindraError } from "../../../src/common/errors.ts";
import { parseStatement } from "../../../src/sql/parse.ts";

interface SparkStatement {
  readonly file: string;
  readonly sql: string;
  readonly error?: string;
}

const STATEMENTS: readonly SparkStatement[] = JSON.parse(
  readFileSync(new URL("../../data/spark-sql/statements.json", import.meta.url), "utf8"),
);

/** What is parsed and then answered as not supported; at most this share of the statements. */
const MAX_UNSUPPORTED = 0.08;

function outcome(sql: string): unknown {
  try {
    parseStatement(sql, { timeZone: "America/Los_Angeles" });
    return null;
  } catch (error) {
    return error;
  }
}

describe("of the statements of Spark's tests", () => {
  const refused = STATEMENTS.filter(({ error }) => error === "PARSE_SYNTAX_ERROR");
  const parsed = STATEMENTS.filter(({ error }) => error === undefined);

  test("there are many of both kinds", () => {
    expect(parsed.length).toBeGreaterThan(1000);
    expect(refused.length).toBeGreaterThan(15);
  });

  test.each(refused)("Spark refuses, and so do we: $sql", ({ sql }) => {
    const { condition } = outcome(sql) as TindraError;
    expect(["PARSE_SYNTAX_ERROR", "UNSUPPORTED_FEATURE"]).toContain(condition);
  });

  test("every one that Spark parses is parsed, or answered as not supported", () => {
    const wrong = parsed.flatMap(({ file, sql }) => {
      const error = outcome(sql);
      const unsupported =
        error instanceof AnalysisError && error.condition === "UNSUPPORTED_FEATURE";
      return error === null || unsupported ? [] : [{ file, sql, error: String(error) }];
    });
    expect(wrong).toEqual([]);
  });

  test("few are answered as not supported", () => {
    const unsupported = parsed.filter(({ sql }) => outcome(sql) instanceof AnalysisError);
    expect(unsupported.length / parsed.length).toBeLessThan(MAX_UNSUPPORTED);
  });
});
