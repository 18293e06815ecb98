import type { Argument } from "../builtins/builtin.ts";
import type { Expression } from "../plan/expression.ts";
import { nullableOf, typeOf } from "../plan/expression-type.ts";

/** An expression as the argument of a call that is resolved again. */
export function argumentOf(expression: Expression): Argument {
  const facts = { type: typeOf(expression), nullable: nullableOf(expression) };
  return expression.kind === "literal" ? { ...facts, literal: { value: expression.value } } : facts;
}
