import type { AggregateCall, Expression } from "../plan/expression.ts";
import { expressionKey } from "../plan/expression-key.ts";
import { expressionChildren } from "../plan/expression-tree.ts";
import { typeOf } from "../plan/expression-type.ts";
import { nullLiteral } from "../plan/literal.ts";
import type { Aggregate } from "../plan/logical-plan.ts";

/** DISTINCT calls over the same arguments. */
export interface DistinctGroup {
  /** What the distinct values are of: the arguments, null where the call's FILTER does not hold. */
  readonly args: readonly Expression[];
  readonly calls: readonly AggregateCall[];
}

/** The aggregate calls of a grouping: those over distinct arguments by these, and the others, each once. */
export interface DividedCalls {
  readonly groups: readonly DistinctGroup[];
  readonly regular: readonly AggregateCall[];
}

/** These give the same with and without DISTINCT. */
const INSENSITIVE = new Set([
  "min",
  "max",
  "bool_and",
  "bool_or",
  "collect_set",
  "approx_count_distinct",
]);

/** Divides aggregate calls into those over all rows and those over the distinct values of the same arguments. */
export function divideCalls(aggregate: Aggregate): DividedCalls {
  const regular = new Map<string, AggregateCall>();
  const groups = new Map<string, { args: readonly Expression[]; calls: AggregateCall[] }>();
  for (const call of callsIn(aggregate.aggregates)) {
    if (!isReallyDistinct(call)) {
      regular.set(expressionKey(call), call);
      continue;
    }
    const args = distinctArguments(call).flatMap((arg) => (arg.isValue ? arg.expression : []));
    const key = [...new Set(args.map(expressionKey))].sort().join();
    const group = groups.get(key);
    if (!group) groups.set(key, { args, calls: [call] });
    else if (!group.calls.some((c) => expressionKey(c) === expressionKey(call)))
      group.calls.push(call);
  }
  return { groups: [...groups.values()], regular: [...regular.values()] };
}

/** True if DISTINCT makes a difference to the call. */
export function isReallyDistinct(call: AggregateCall): boolean {
  return call.distinct && !INSENSITIVE.has(call.name);
}

/** An argument of a DISTINCT call as the distinct values see it: null where the call's FILTER does not hold. */
export interface DistinctArgument {
  readonly expression: Expression;
  /** Makes the distinct values. Constants beside such, a fraction for example, do not and stay constants. */
  readonly isValue: boolean;
}

/** The arguments of a DISTINCT call; at least one is a value. */
export function distinctArguments({ args, filter }: AggregateCall): readonly DistinctArgument[] {
  const allConstant = args.every((arg) => arg.kind === "literal");
  return args.map((arg, i) => {
    const isValue = allConstant ? i === 0 : arg.kind !== "literal";
    return { expression: isValue && filter ? masked(arg, filter) : arg, isValue };
  });
}

function masked(arg: Expression, filter: Expression): Expression {
  return Object.freeze({
    kind: "case",
    branches: [{ when: filter, result: arg }],
    otherwise: nullLiteral(typeOf(arg)),
  });
}

function callsIn(expressions: readonly Expression[]): readonly AggregateCall[] {
  return expressions.flatMap((expression): readonly AggregateCall[] =>
    expression.kind === "aggregate" ? [expression] : callsIn(expressionChildren(expression)),
  );
}
