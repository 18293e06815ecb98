import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { TindraError } from "../../../src/common/errors.ts";
import { selectConstants } from "../../support/builtin-harness.ts";

interface CastData {
  readonly types: readonly string[];
  readonly rows: readonly {
    readonly mode: "ansi" | "legacy" | "try";
    readonly value: string;
    readonly answers: readonly (string | null)[];
  }[];
}

const data = JSON.parse(
  readFileSync(new URL("../../data/spark/casts.json", import.meta.url), "utf8"),
) as CastData;

function ours(value: string, type: string, mode: string): string {
  try {
    const cast = mode === "try" ? "try_cast" : "cast";
    const { cells } = selectConstants(`SELECT ${cast}(${value} AS ${type})`, {
      ansi: mode !== "legacy",
    });
    return cells[0] ?? "";
  } catch (error) {
    if (error instanceof TindraError) return `!${error.condition}`;
    throw error;
  }
}

/** The day on which Spark answered: a time without a date is of the current one. */
const ANSWERED_ON = "2026-11-29";
const today = (): string => new Date().toISOString().slice(0, 10);

/** Where we knowingly differ. */
function isKnownDifference(value: string, type: string, spark: string, got: string): boolean {
  return (
    // We never name another function in the message of a cast that does not exist.
    spark.includes("CAST_WITH_FUNC_SUGGESTION") ||
    // Java before 19 writes some floats with a digit more than they need.
    (["float", "double"].includes(type) && /^-?[\d.]+E-?\d+$/.test(spark)) ||
    // Spark's Hive output leaves out the sign of years above 9999; its cast to string does not.
    (type.startsWith("timestamp") && got === `+${spark}`) ||
    // Decimals of more than 34 digits lose digits on the way to microseconds, then wrap.
    (type === "timestamp" && /^-?\d{20,}/.test(value)) ||
    // Java's digits are all of Unicode's.
    value === "'１２'" ||
    // Text of more digits than an interval holds has its own error, and one value wraps.
    (type.startsWith("interval") && /^'\d{10,}'$/.test(value))
  );
}

test.each(["ansi", "legacy", "try"] as const)("casts in %s mode give what Spark gives", (mode) => {
  const wrong: string[] = [];
  let compared = 0;
  for (const { value, answers } of data.rows.filter((row) => row.mode === mode))
    data.types.forEach((type, i) => {
      const answer = answers[i];
      if (answer === null || answer === undefined) return;
      const before = today();
      const got = ours(value, type, mode);
      const days = [before, today()].map((day) => answer.replace(ANSWERED_ON, day));
      const spark = days.find((onDay) => onDay === got) ?? answer;
      compared++;
      if (got !== spark && !isKnownDifference(value, type, spark, got))
        wrong.push(`${value} AS ${type}: ${spark}, not ${got}`);
    });
  expect(wrong).toEqual([]);
  expect(compared).toBeGreaterThan(3000);
});
