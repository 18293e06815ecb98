import { specialDatetime } from "../../columnar/datetime/special-datetime.ts";
import type { Cast, Expression, Literal } from "../../plan/expression.ts";
import { transformExpression } from "../../plan/expression-tree.ts";
import { typeOf } from "../../plan/expression-type.ts";
import { literal } from "../../plan/literal.ts";
import { mapPlanExpressions, transformPlan } from "../../plan/plan-tree.ts";
import { constantValue } from "../constant-value.ts";
import type { Rule, RuleContext } from "../rule.ts";

/**
 * Puts the dates and times that `epoch`, `now`, `today`, `tomorrow` and `yesterday` mean in place of casts of these
 * texts. Runs before columns are replaced by their constants: the words have no meaning in the values of a column.
 */
export const specialDatetimeValues: Rule = {
  name: "SpecialDatetimeValues",
  example: { before: "CAST('today' AS DATE)", after: "DATE '2026-01-01', if that is today" },
  mandatory: true,
  apply: (plan, context) =>
    transformPlan(plan, (node) =>
      mapPlanExpressions(node, (expression) =>
        transformExpression(expression, (e) =>
          e.kind === "cast" ? (specialValue(e, context) ?? e) : e,
        ),
      ),
    ),
};

function specialValue(cast: Cast, context: RuleContext): Literal | null {
  const { kind } = cast.type;
  if (kind !== "date" && kind !== "timestamp" && kind !== "timestamp_ntz") return null;
  if (typeOf(cast.child).kind !== "string") return null;
  const text = constantText(cast.child, context);
  const value = text === null ? null : specialDatetime(text, kind, context);
  if (value === null) return null;
  return literal(cast.type, kind === "date" ? Number(value) : value.toString());
}

function constantText(expression: Expression, context: RuleContext): string | null {
  const value = constantValue(expression, context)?.value;
  return typeof value === "string" ? value : null;
}
