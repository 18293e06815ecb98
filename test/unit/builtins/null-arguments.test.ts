import { describe, expect, it } from "vitest";
import type { Builtin } from "../../../src/builtins/builtin.ts";
import { allBuiltins } from "../../../src/builtins/registry.ts";
import { STRICT } from "../../../src/common/strict.ts";
import { evaluateConstant } from "../../../src/exec/evaluate-constant.ts";
import type { Call, Expression } from "../../../src/plan/expression.ts";
import { expressionChildren } from "../../../src/plan/expression-tree.ts";
import { typeOf } from "../../../src/plan/expression-type.ts";
import { analyzePlan, catalogOf, queryOf } from "../../support/analysis.ts";

const TYPES = [
  ["boolean", "true"],
  ["tinyint", "1Y"],
  ["smallint", "1S"],
  ["int", "1"],
  ["bigint", "1L"],
  ["float", "CAST(1.5 AS FLOAT)"],
  ["double", "1.5D"],
  ["decimal(5,2)", "CAST(1.5 AS DECIMAL(5,2))"],
  ["decimal(30,2)", "CAST(1.5 AS DECIMAL(30,2))"],
  ["string", "'abc'"],
  ["binary", "X'616263'"],
  ["date", "DATE'2020-02-29'"],
  ["timestamp", "TIMESTAMP'2020-02-29 12:30:00'"],
  ["timestamp_ntz", "TIMESTAMP_NTZ'2020-02-29 12:30:00'"],
  ["interval year to month", "INTERVAL '1-2' YEAR TO MONTH"],
  ["interval day to second", "INTERVAL '1 2:3:4.5' DAY TO SECOND"],
] as const;

/** An expression's calls, each with every choice of arguments that are null. */
function withNulls(expression: Expression): readonly Call[] {
  const inner = expressionChildren(expression).flatMap(withNulls);
  if (expression.kind !== "call") return inner;
  const choices = Math.min(2 ** expression.args.length, 64);
  const all = Array.from({ length: choices }, (_, choice): Call => {
    const args = expression.args.map((arg, i): Expression => {
      const value = choice & (1 << i) ? null : 0;
      return value === null ? unknownNull(arg) : arg;
    });
    return { ...expression, args, nullable: true };
  });
  return [...inner, ...all];
}

/** A null that no literal shows, as a column's is. */
function unknownNull(arg: Expression): Expression {
  const type = typeOf(arg);
  const nothing: Expression = { kind: "literal", type, value: null };
  return { kind: "case", branches: [{ when: TRUE, result: nothing }], otherwise: arg };
}

const TRUE: Expression = { kind: "literal", type: { kind: "boolean" }, value: true };

/** The messages of internal errors: what a user's error says is as it should be. */
function internalErrors(sql: string, ansi: boolean): readonly string[] {
  const settings = { ansi, timeZone: "UTC" };
  const run = (expression: Expression): readonly string[] => {
    try {
      evaluateConstant(expression, settings);
      return [];
    } catch (error) {
      const internal = (error as { family?: string }).family === "internal";
      return internal || !(error as { family?: string }).family ? [`${sql}: ${error}`] : [];
    }
  };
  const plan = analyzePlan(queryOf(sql), catalogOf({}), settings, (expression) =>
    evaluateConstant(expression, settings),
  );
  if (plan.kind !== "project") return [];
  return plan.expressions.flatMap((expression) => withNulls(expression).flatMap(run));
}

const scalars = allBuiltins().filter((b: Builtin) => b.kind === "scalar");

describe("A builtin", () => {
  it("is tested with poisoned nulls", () => {
    expect(STRICT).toBe(true);
  });

  it.each(scalars.map(({ name, examples }) => ({ name, examples })))(
    "computes nothing with the values of nulls: $name",
    ({ examples }) => {
      const found = [true, false].flatMap((ansi) =>
        examples.flatMap(({ sql }) => internalErrors(sql, ansi)),
      );
      expect(found).toEqual([]);
    },
  );

  it.each(TYPES)(
    "that takes every type computes nothing with the values of nulls of %s",
    (_, value) => {
      const statements = [
        ...["=", "<=>", "<", "<=", ">", ">=", "<>"].map((op) => `SELECT ${value} ${op} ${value}`),
        `SELECT ${value} BETWEEN ${value} AND ${value}`,
        `SELECT ${value} IN (${value}, ${value})`,
        ...["nullif", "coalesce", "nvl", "greatest", "least", "equal_null"].map(
          (name) => `SELECT ${name}(${value}, ${value})`,
        ),
        `SELECT if(true, ${value}, ${value}), nvl2(${value}, ${value}, ${value})`,
        `SELECT hash(${value}), xxhash64(${value}), isnull(${value}), isnotnull(${value})`,
        `SELECT CASE ${value} WHEN ${value} THEN ${value} ELSE ${value} END`,
        `SELECT concat(CAST(${value} AS STRING), CAST(${value} AS STRING))`,
      ];
      expect(statements.flatMap((sql) => internalErrors(sql, true))).toEqual([]);
    },
  );
});
