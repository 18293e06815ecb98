import { BOOLEAN } from "../columnar/data-type.ts";
import { sqlType } from "../columnar/sql-type.ts";
import type { Expression } from "../plan/expression.ts";
import { typeOf } from "../plan/expression-type.ts";
import type { Filter, LogicalPlan, UnresolvedHaving } from "../plan/logical-plan.ts";
import type { Position } from "../plan/position.ts";
import { columnName } from "../plan/print-expression.ts";
import type { Analysis } from "./analysis.ts";
import { analysisError } from "./analysis-error.ts";
import { asCondition, castOf } from "./coerce.ts";
import { firstAggregate } from "./contains-aggregate.ts";
import { missingColumns } from "./missing-columns.ts";
import { aggregateAtTop, resolveOverAggregate } from "./over-aggregate.ts";
import { positionOf, resolveExpression } from "./resolve-expression.ts";
import { overPlan, type Resolved } from "./resolved.ts";

/** WHERE, or a DataFrame's `filter`, which may also use columns that a projection below dropped. */
export function resolveFilter(node: Filter, child: Resolved, analysis: Analysis): Resolved {
  const aggregate = aggregateAtTop(child.plan);
  if (aggregate !== null) {
    const over = resolveOverAggregate([node.condition], aggregate, child, "output", analysis);
    return filterOver(over.expressions[0], over.plan, child, positionOf(node.condition));
  }
  const missing = missingColumns(child, analysis);
  const condition = resolveExpression(node.condition, missing.names);
  const inner = firstAggregate(condition);
  if (inner !== null)
    throw analysisError(
      "INVALID_WHERE_CONDITION",
      "42903",
      `The WHERE condition "${columnName(condition)}" contains invalid expressions: ${columnName(inner)}.\nRewrite the query to avoid window functions, aggregate functions, and generator functions in the WHERE clause.`,
      positionOf(node.condition),
    );
  return filterOver(condition, missing.plan(), child, positionOf(node.condition));
}

/** HAVING takes all that can be cast to a boolean. */
function asBoolean(
  condition: Expression,
  position: Position | null,
  analysis: Analysis,
): Expression {
  return typeOf(condition).kind === "boolean"
    ? condition
    : castOf(condition, { type: BOOLEAN, mode: "unset", implicit: true }, position, analysis);
}

/** HAVING over its aggregate: names mean what the aggregate reads first, then what it puts out. */
export function resolveHaving(
  node: UnresolvedHaving,
  child: Resolved,
  analysis: Analysis,
): Resolved {
  const aggregate = aggregateAtTop(child.plan);
  if (aggregate === null)
    return resolveFilter({ ...node, kind: "filter", child: child.plan }, child, analysis);
  const over = resolveOverAggregate([node.condition], aggregate, child, "input", analysis);
  const [condition] = over.expressions;
  const position = positionOf(node.condition);
  return filterOver(
    condition && asBoolean(condition, position, analysis),
    over.plan,
    child,
    position,
  );
}

function filterOver(
  resolved: Expression | undefined,
  plan: LogicalPlan,
  child: Resolved,
  position: Position | null,
): Resolved {
  if (resolved === undefined) return child;
  const condition = asCondition(resolved);
  if (condition === null)
    throw analysisError(
      "DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN",
      "42K09",
      `Cannot resolve "${columnName(resolved)}" due to data type mismatch: Filter expression "${columnName(resolved)}" of type "${sqlType(typeOf(resolved))}" is not a boolean.`,
      position,
    );
  return overPlan(child, Object.freeze({ kind: "filter", condition, child: plan }));
}
