import type { Attribute, Expression, Literal } from "./expression.ts";

/** An operator that compares two values. */
export type ComparisonOperator = "=" | "<=>" | "<" | "<=" | ">" | ">=";

/** A condition that compares a column with a constant, the column on the left. */
export interface ColumnComparison {
  readonly column: Attribute;
  readonly operator: ComparisonOperator;
  readonly literal: Literal;
}

const MIRRORED: Record<ComparisonOperator, ComparisonOperator> = {
  "=": "=",
  "<=>": "<=>",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
};

/** The comparison as `column operator literal`, whichever side the column is on; null for any other expression. */
export function columnComparison(expression: Expression): ColumnComparison | null {
  if (expression.kind !== "call" || !(expression.name in MIRRORED)) return null;
  const operator = expression.name as ComparisonOperator;
  const [left, right] = expression.args;
  if (left?.kind === "attribute" && right?.kind === "literal")
    return { column: left, operator, literal: right };
  if (left?.kind === "literal" && right?.kind === "attribute")
    return { column: right, operator: MIRRORED[operator], literal: left };
  return null;
}
