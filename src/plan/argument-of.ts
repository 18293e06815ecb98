import type { Argument } from "../builtins/builtin.ts";
import type { Expression } from "./expression.ts";
import { nullableOf, typeOf } from "./expression-type.ts";

/** A resolved expression as the argument of a builtin. */
export function argumentOf(expression: Expression): Argument {
  const facts = { type: typeOf(expression), nullable: nullableOf(expression) };
  return expression.kind === "literal" ? { ...facts, literal: { value: expression.value } } : facts;
}
