import type { CallFacts, ScalarKernel } from "../builtins/builtin.ts";
import { findBuiltin } from "../builtins/registry.ts";
import type { DataType } from "../columnar/data-type.ts";
import { TindraError } from "../common/errors.ts";
import { argumentOf } from "../plan/argument-of.ts";
import type { Call, Expression } from "../plan/expression.ts";
import { expressionChildren } from "../plan/expression-tree.ts";
import { typeOf } from "../plan/expression-type.ts";
import { isUnsteady } from "../plan/is-unsteady.ts";
import { memoized } from "../plan/memoized.ts";

const ROW_COST = 50;
const TEXT_COST = 5;
const PATTERN_COST = 20;
const PATTERNS = new Set(["like", "ilike", "contains", "endswith"]);

/** True if evaluating it twice on one row gives one value: only then may it be moved, merged or evaluated twice. */
export const isDeterministic: (expression: Expression) => boolean = memoized(
  (expression) => !isUnsteady(expression) && expressionChildren(expression).every(isDeterministic),
);

/** Without columns, aggregates or anything that depends on the row or the moment. */
export const isFoldable: (expression: Expression) => boolean = memoized(
  (expression) =>
    !NOT_FOLDABLE.has(expression.kind) &&
    !isUnsteady(expression) &&
    expressionChildren(expression).every(isFoldable),
);

const NOT_FOLDABLE = new Set<Expression["kind"]>(["attribute", "aggregate", "window", "lambda"]);

/** Relative cost of evaluating it once, an integer addition being 1. */
export const costOf: (expression: Expression) => number = memoized((expression) =>
  expressionChildren(expression).reduce((sum, child) => sum + costOf(child), ownCost(expression)),
);

function ownCost(expression: Expression): number {
  switch (expression.kind) {
    case "cast":
      return isText(typeOf(expression.child)) || isText(expression.type) ? ROW_COST : 1;
    case "case":
      return 1;
    case "call": {
      const builtin = findBuiltin(expression.name);
      if (builtin?.kind !== "scalar") return 1;
      if (PATTERNS.has(expression.name)) return Math.max(PATTERN_COST, builtin.cost ?? 0);
      if (builtin.cost !== undefined) return builtin.cost;
      if (typeof builtin.kernel !== "function" && builtin.kernel.kind === "row") return ROW_COST;
      return expression.args.some((arg) => isText(typeOf(arg))) ? TEXT_COST : 1;
    }
    default:
      return 0;
  }
}

const isText = (type: DataType): boolean => type.kind === "string" || type.kind === "binary";

/** True if the call is null as soon as any argument is. */
export function isStrict(call: Call): boolean {
  if (STRICT.has(call.name)) return true;
  const builtin = findBuiltin(call.name);
  if (builtin?.kind !== "scalar") return false;
  const kernel =
    typeof builtin.kernel === "function" ? kernelFor(call, builtin.kernel) : builtin.kernel;
  return kernel?.kind === "emit" || (kernel?.kind === "row" && kernel.handlesNulls !== true);
}

/** Null where it cannot be made: that is an error only where the call is evaluated. */
function kernelFor(call: Call, make: (facts: CallFacts) => ScalarKernel): ScalarKernel | null {
  try {
    return make({
      name: call.name,
      args: call.args.map(argumentOf),
      type: call.type,
      ansi: call.ansi,
      timeZone: "UTC",
    });
  } catch (error) {
    if (error instanceof TindraError && error.family !== "internal") return null;
    throw error;
  }
}

const STRICT = new Set([
  "=",
  "<",
  "<=",
  ">",
  ">=",
  "+",
  "-",
  "*",
  "/",
  "%",
  "not",
  "negative",
  "like",
]);
