import type { Argument } from "../builtins/builtin.ts";
import { comparisonType, isOrderable } from "../builtins/operator/comparison-type.ts";
import { requireArguments } from "../builtins/type-mismatch.ts";
import { BOOLEAN, sameType } from "../columnar/data-type.ts";
import { argumentOf } from "../plan/argument-of.ts";
import type { Expression } from "../plan/expression.ts";
import { someExpression } from "../plan/expression-tree.ts";
import { nullableOf } from "../plan/expression-type.ts";
import { isUnsteady } from "../plan/is-unsteady.ts";
import type { Analysis } from "./analysis.ts";
import { coerce } from "./coerce.ts";

/**
 * `value BETWEEN low AND high` where the value is compared with its bounds in two types: the value as the second type
 * is a fourth argument. Null where one type serves both.
 */
export function betweenTypes(
  name: string,
  args: readonly Expression[],
  analysis: Analysis,
): Expression | null {
  if (name !== "between") return null;
  const { ansi } = analysis.settings;
  const facts = args.map(argumentOf);
  requireArguments(facts, { ansi, name }, 3);
  const [value, low, high] = args as readonly [Expression, Expression, Expression];
  const [tested, from, to] = facts as unknown as readonly [Argument, Argument, Argument];
  const asLow = comparisonType(tested, from, ansi);
  const asHigh = comparisonType(tested, to, ansi);
  if (!asLow || !asHigh || sameType(asLow, asHigh)) return null;
  if (!isOrderable(asLow) || !isOrderable(asHigh) || someExpression(value, isUnsteady)) return null;
  const compared = [
    coerce(value, asLow, analysis),
    coerce(low, asLow, analysis),
    coerce(high, asHigh, analysis),
    coerce(value, asHigh, analysis),
  ];
  return Object.freeze({
    kind: "call",
    name,
    args: Object.freeze(compared),
    type: BOOLEAN,
    nullable: compared.some(nullableOf),
    ansi,
  });
}
