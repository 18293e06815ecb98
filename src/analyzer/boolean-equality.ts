import { isNumeric } from "../columnar/type-class.ts";
import { booleanCall } from "../plan/conjuncts.ts";
import type { Expression } from "../plan/expression.ts";
import { typeOf } from "../plan/expression-type.ts";
import type { Analysis } from "./analysis.ts";

/**
 * `flag = 1` and `flag <=> 1` without ANSI as the flag itself, with 0 as its opposite; null where the operands are no
 * boolean and such a constant. Source: Spark's `BooleanEquality`.
 */
export function booleanEquality(
  name: string,
  [left, right]: readonly Expression[],
  analysis: Analysis,
): Expression | null {
  if (analysis.settings.ansi || !left || !right || !["=", "==", "<=>"].includes(name)) return null;
  const [flag, number] = typeOf(left).kind === "boolean" ? [left, right] : [right, left];
  const expected = typeOf(flag).kind === "boolean" ? truthOf(number) : null;
  if (expected === null) return null;
  const holds = expected ? flag : booleanCall("not", [flag]);
  if (name !== "<=>") return holds;
  return booleanCall("and", [booleanCall("isnotnull", [flag], false), holds]);
}

/** Null of all but an exact constant of 0 or 1. */
function truthOf(number: Expression): boolean | null {
  const type = typeOf(number);
  if (number.kind !== "literal" || number.value === null) return null;
  if (!isNumeric(type) || type.kind === "float" || type.kind === "double") return null;
  const unit = type.kind === "decimal" ? 10n ** BigInt(type.scale) : 1n;
  const value = BigInt(String(number.value));
  return value === unit ? true : value === 0n ? false : null;
}
