import { BOOLEAN } from "../columnar/data-type.ts";
import type { Call, Expression } from "./expression.ts";
import { nullableOf } from "./expression-type.ts";

/** A boolean call of an operator: `and`, `or`, `not`, `=`, `isnotnull`. Null by the strict rule unless said otherwise. */
export function booleanCall(name: string, args: readonly Expression[], nullable?: boolean): Call {
  return Object.freeze({
    kind: "call",
    name,
    args: Object.freeze([...args]),
    type: BOOLEAN,
    nullable: nullable ?? args.some(nullableOf),
    ansi: true,
  });
}

/** The operands of a tree of calls of one operator, left to right. */
export function flattenCalls(name: string, expression: Expression): readonly Expression[] {
  const operands: Expression[] = [];
  const left: Expression[] = [expression];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (isCall(next, name)) left.push(...[...next.args].reverse());
    else operands.push(next);
  }
  return operands;
}

/** The conjuncts of a condition, left to right. */
export function conjunctsOf(condition: Expression | null): readonly Expression[] {
  return condition === null ? [] : flattenCalls("and", condition);
}

/** The inverse of `conjunctsOf`; null for none. */
export function allOf(conjuncts: readonly Expression[]): Expression | null {
  return joinAll("and", conjuncts);
}

/** The alternatives in one `or`; null for none. */
export function anyOf(alternatives: readonly Expression[]): Expression | null {
  return joinAll("or", alternatives);
}

/** True if the expression calls the builtin `name`. */
export function isCall(expression: Expression, name: string): expression is Call {
  return expression.kind === "call" && expression.name === name;
}

function joinAll(name: string, operands: readonly Expression[]): Expression | null {
  const [first, ...rest] = operands;
  if (!first) return null;
  return rest.reduce<Expression>((joined, next) => booleanCall(name, [joined, next]), first);
}
