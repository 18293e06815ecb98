import { type DataType, NULL } from "../columnar/data-type.ts";
import { assert, unreachable } from "../common/assert.ts";
import { castMakesNullable } from "./cast-nullability.ts";
import type { Expression } from "./expression.ts";

/** The type of a resolved expression. */
export function typeOf(expression: Expression): DataType {
  switch (expression.kind) {
    case "literal":
    case "attribute":
    case "cast":
    case "call":
    case "aggregate":
    case "lambdaVariable":
      return expression.type;
    case "alias":
      return typeOf(expression.child);
    case "case": {
      const first = expression.branches[0]?.result ?? expression.otherwise;
      return first ? typeOf(first) : NULL;
    }
    case "window":
      return typeOf(expression.call);
    case "lambda":
      return typeOf(expression.body);
    case "subquery":
      return expression.type ?? NULL;
    case "unresolvedAttribute":
    case "unresolvedStar":
    case "unresolvedCall":
      assert(false, `The type of an unresolved expression was asked for: ${expression.kind}`);
      return NULL;
    default:
      return unreachable(expression);
  }
}

/** True if a resolved expression can be null, as Spark's schema says. */
export function nullableOf(expression: Expression): boolean {
  switch (expression.kind) {
    case "literal":
      return expression.value === null;
    case "attribute":
    case "call":
    case "aggregate":
    case "lambdaVariable":
      return expression.nullable;
    case "cast":
      return (
        nullableOf(expression.child) ||
        castMakesNullable(typeOf(expression.child), expression.type, expression.mode === "try")
      );
    case "alias":
      return nullableOf(expression.child);
    case "case":
      return (
        expression.otherwise === null ||
        nullableOf(expression.otherwise) ||
        expression.branches.some((branch) => nullableOf(branch.result))
      );
    case "subquery":
      return expression.form !== "exists";
    default:
      return true;
  }
}
