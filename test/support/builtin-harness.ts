import type { EngineValue } from "../../src/answer/engine-value.ts";
import { formatHiveValue } from "../../src/answer/format-value.ts";
import { simpleString } from "../../src/columnar/data-type.ts";
import { fromLiteralJson } from "../../src/columnar/literal-json.ts";
import { evaluateConstant } from "../../src/exec/evaluate-constant.ts";
import type { Expression } from "../../src/plan/expression.ts";
import { typeOf } from "../../src/plan/expression-type.ts";
import { analyzePlan, catalogOf, queryOf, type TestSettings } from "./analysis.ts";

/** One row of constants, as Spark's Hive-style output prints it. */
export interface ConstantRow {
  readonly schema: string;
  readonly cells: readonly string[];
}

/** What `SELECT …` without FROM gives, every expression compiled as in a task and nothing folded before. */
export function selectConstants(sql: string, settings: TestSettings = {}): ConstantRow {
  const { ansi = true, timeZone = "UTC" } = settings;
  const evaluate = (expression: Expression) => evaluateConstant(expression, { ansi, timeZone });
  const plan = analyzePlan(queryOf(sql, settings), catalogOf({}), settings, evaluate);
  if (plan.kind !== "project") throw new TypeError(`${sql} is not a plain SELECT`);
  const cells = plan.expressions.map((expression) => {
    const { type, value } = evaluate(expression);
    return formatHiveValue(fromLiteralJson(type, value) as EngineValue, type, timeZone);
  });
  const fields = plan.expressions.map(
    (expression) =>
      `${"name" in expression ? expression.name : ""}:${simpleString(typeOf(expression))}`,
  );
  return { schema: `struct<${fields.join(",")}>`, cells };
}
