import type { CallFacts, Example, ScalarBuiltin, ScalarKernel } from "../builtin.ts";
import { valueComparator } from "../value-order.ts";
import { resolveComparison, resolveEquality } from "./comparison-type.ts";
import { emitEqual, emitLess, emitLessOrEqual, hasEmittedOrder } from "./emit-comparison.ts";
import { infix } from "./infix.ts";

type Order = "=" | "<" | "<=" | ">" | ">=";

const HOLDS: { readonly [order in Order]: (comparison: number) => boolean } = {
  "=": (comparison) => comparison === 0,
  "<": (comparison) => comparison < 0,
  "<=": (comparison) => comparison <= 0,
  ">": (comparison) => comparison > 0,
  ">=": (comparison) => comparison >= 0,
};

function kernel(order: Order, call: CallFacts): ScalarKernel {
  const type = call.args[0]?.type ?? call.type;
  if (!hasEmittedOrder(type)) {
    const compare = valueComparator(type);
    return {
      kind: "row",
      prepare: () => (a: unknown, b: unknown) => HOLDS[order](compare(a, b)),
    };
  }
  return {
    kind: "emit",
    emit: (context, [a, b]) => {
      if (!a || !b) return;
      if (order === "=") emitEqual(context, type, a, b);
      else if (order === "<") emitLess(context, type, a, b);
      else if (order === ">") emitLess(context, type, b, a);
      else if (order === "<=") emitLessOrEqual(context, type, a, b);
      else emitLessOrEqual(context, type, b, a);
    },
  };
}

function comparison(name: Order, examples: readonly Example[]): ScalarBuiltin {
  const print = infix(name);
  return {
    kind: "scalar",
    name,
    resolve: (args, context) =>
      name === "="
        ? resolveEquality(args, context, print)
        : resolveComparison(args, context, print),
    kernel: (call) => kernel(name, call),
    print,
    examples,
  };
}

export const EQUAL: ScalarBuiltin = {
  ...comparison("=", [
    { sql: "SELECT 2 = 2", rows: ["true"] },
    { sql: "SELECT 1 = '1'", rows: ["true"] },
    { sql: "SELECT true = NULL", rows: ["NULL"] },
  ]),
  aliases: ["=="],
};

export const LESS = comparison("<", [
  { sql: "SELECT 1 < 2", rows: ["true"] },
  { sql: "SELECT 1.1 < '1'", rows: ["false"] },
]);

export const LESS_OR_EQUAL = comparison("<=", [
  { sql: "SELECT 2 <= 2", rows: ["true"] },
  { sql: "SELECT 1.0 <= '1'", rows: ["true"] },
]);

export const GREATER = comparison(">", [{ sql: "SELECT 2 > 1", rows: ["true"] }]);

export const GREATER_OR_EQUAL = comparison(">=", [{ sql: "SELECT 2 >= 2", rows: ["true"] }]);
