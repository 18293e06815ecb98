import { sqlType } from "../columnar/sql-type.ts";
import type { Expression, Literal } from "../plan/expression.ts";
import { attributesIn } from "../plan/expression-tree.ts";
import { typeOf } from "../plan/expression-type.ts";
import { intLiteral } from "../plan/literal.ts";
import type { Limit, Offset } from "../plan/logical-plan.ts";
import type { Position } from "../plan/position.ts";
import { columnName } from "../plan/print-expression.ts";
import type { Analysis } from "./analysis.ts";
import { analysisError } from "./analysis-error.ts";
import { constantOf } from "./constant-of.ts";
import { namesOf } from "./names.ts";
import { positionOf, resolveExpression } from "./resolve-expression.ts";
import { overPlan, type Resolved } from "./resolved.ts";

/** LIMIT and OFFSET: the count becomes an integer literal. Throws `INVALID_LIMIT_LIKE_EXPRESSION`. */
export function resolveLimit(node: Limit | Offset, child: Resolved, analysis: Analysis): Resolved {
  const written = resolveExpression(node.count, namesOf(child, analysis));
  const count = countOf(written, node.kind, positionOf(node.count), analysis);
  if (node.kind === "limit" && child.plan.kind === "offset")
    requireIntSum(count, child.plan.count, positionOf(node.count));
  return overPlan(child, Object.freeze({ ...node, count, child: child.plan }));
}

const MAX_INT = 2147483647;

function requireIntSum(limit: Literal, offset: Expression, position: Position | null): void {
  const skipped = offset.kind === "literal" ? Number(offset.value) : 0;
  if (Number(limit.value) + skipped <= MAX_INT) return;
  throw analysisError(
    "SUM_OF_LIMIT_AND_OFFSET_EXCEEDS_MAX_INT",
    "22003",
    `The sum of the LIMIT clause and the OFFSET clause must not be greater than the maximum 32-bit integer value (2,147,483,647) but found limit = ${limit.value}, offset = ${skipped}.`,
    position,
  );
}

function countOf(
  expression: Expression,
  kind: "limit" | "offset",
  position: Position | null,
  analysis: Analysis,
): Literal {
  const fail = (condition: string, reason: string): Error =>
    analysisError(
      `INVALID_LIMIT_LIKE_EXPRESSION.${condition}`,
      "42K0E",
      `The limit like expression "${columnName(expression)}" is invalid. ${reason}`,
      position,
    );
  if (attributesIn(expression).length > 0)
    throw fail("IS_UNFOLDABLE", `The ${kind} expression must evaluate to a constant value.`);
  const type = typeOf(expression);
  if (type.kind !== "int")
    throw fail(
      "DATA_TYPE",
      `The ${kind} expression must be integer type, but got "${sqlType(type)}".`,
    );
  const value = constantOf(expression, analysis).value;
  if (value === null) throw fail("IS_NULL", `The evaluated ${kind} expression must not be null.`);
  if (Number(value) < 0)
    throw fail(
      "IS_NEGATIVE",
      `The ${kind} expression must be equal to or greater than 0, but got ${value}.`,
    );
  return intLiteral(Number(value));
}
