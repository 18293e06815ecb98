import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { TindraError } from "../../../src/common/errors.ts";
import { analyzeSql, catalogOf, schemaOf } from "../../support/analysis.ts";

interface OperandData {
  readonly columns: { readonly [name: string]: string };
  readonly distinct: readonly string[];
  readonly operators: readonly {
    readonly ansi: boolean;
    readonly operator: string;
    readonly answers: readonly (readonly number[])[];
  }[];
}

const data = JSON.parse(
  readFileSync(new URL("../../data/spark/operand-types.json", import.meta.url), "utf8"),
) as OperandData;
const names = Object.keys(data.columns);
const catalog = catalogOf({
  t: names.map((name) => `${name} ${data.columns[name]}`).join(", "),
});

function callText(operator: string, a: string, b: string): string {
  if (operator === "if") return `if(true, ${a}, ${b})`;
  return /^[a-z]{4,}$/.test(operator) ? `${operator}(${a}, ${b})` : `${a} ${operator} ${b}`;
}

function typeOfCall(call: string, ansi: boolean): string {
  try {
    return schemaOf(analyzeSql(`SELECT ${call} x FROM t`, catalog, { ansi })).slice(9, -1);
  } catch (error) {
    if (error instanceof TindraError) return `!${error.condition}`;
    throw error;
  }
}

/** Where we knowingly differ: only in which of several errors is told, and in the following. */
function isKnownDifference(spark: string, got: string, operator: string, ansi: boolean): boolean {
  if (spark.startsWith("!DATATYPE_MISMATCH") && got.startsWith("!DATATYPE_MISMATCH")) return true;
  // Text plus or minus a day-time interval as a timestamp in text.
  if (spark === "string") return true;
  // Without ANSI: numbers compared with booleans, text subtracted from dates.
  return !ansi && (operator === "=" || operator === "-");
}

test.each(data.operators)(
  "$operator (ansi $ansi) takes the types that Spark takes",
  (operation) => {
    const { operator, ansi, answers } = operation;
    const wrong: string[] = [];
    names.forEach((a, i) => {
      names.forEach((b, j) => {
        const spark = data.distinct[answers[i]?.[j] ?? -1] ?? "";
        const call = callText(operator, a, b);
        const got = typeOfCall(call, ansi);
        if (got !== spark && !isKnownDifference(spark, got, operator, ansi))
          wrong.push(`${call}: ${spark}, not ${got}`);
      });
    });
    expect(wrong).toEqual([]);
  },
);
