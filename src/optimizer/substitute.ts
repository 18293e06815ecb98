import type { Expression } from "../plan/expression.ts";
import { transformExpression } from "../plan/expression-tree.ts";

/** What attributes stand for, by id. */
export type Definitions = ReadonlyMap<number, Expression>;

/** What each alias of a projection stands for; plain attributes are left out unless they are renamed. */
export function definitionsOf(expressions: readonly Expression[]): Definitions {
  return new Map(
    expressions.flatMap((e): [number, Expression][] =>
      e.kind === "alias" ? [[e.id, e.child]] : [],
    ),
  );
}

/** The expression with its attributes replaced by what they stand for. */
export function substitute(expression: Expression, definitions: Definitions): Expression {
  if (definitions.size === 0) return expression;
  return transformExpression(expression, (node) =>
    node.kind === "attribute" ? (definitions.get(node.id) ?? node) : node,
  );
}
