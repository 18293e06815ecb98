import { LONG } from "../columnar/data-type.ts";
import { aliasOf } from "../plan/alias.ts";
import { booleanCall } from "../plan/conjuncts.ts";
import type { AggregateCall, Attribute, Call, Expression, Literal } from "../plan/expression.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { planOutput } from "../plan/plan-output.ts";
import { projectOf } from "../plan/project-of.ts";
import { aggregateOf, filterBy } from "./nodes.ts";
import type { RuleContext } from "./rule.ts";

/**
 * INTERSECT ALL and EXCEPT ALL: both sides' rows are counted in one grouping, then each row comes out as often as the
 * smaller count, or the difference, says. The output has the left side's columns.
 */
export function replaceSetOperationAll(
  isIntersect: boolean,
  left: LogicalPlan,
  right: LogicalPlan,
  context: RuleContext,
): LogicalPlan {
  const columns = planOutput(left);
  const keys = columns.map((a, i) => ({
    ...a,
    id: context.freshId(),
    nullable: a.nullable || (planOutput(right)[i]?.nullable ?? false),
  }));
  const inLeft = column(context, "left_count");
  const inRight = column(context, "right_count");
  const union: LogicalPlan = Object.freeze({
    kind: "setOperation",
    operation: "union",
    all: true,
    children: [marked(left, "1", "0", context), marked(right, "0", "1", context)],
    output: Object.freeze([...keys, inLeft, inRight]),
  });
  const lefts = column(context, "lefts");
  const rights = column(context, "rights");
  const counted = aggregateOf(union, keys, [
    ...keys,
    aliasOf(lefts.id, lefts.name, sum(inLeft)),
    aliasOf(rights.id, rights.name, sum(inRight)),
  ]);
  const copies = column(context, "copies");
  const times = isIntersect ? smaller(lefts, rights) : arithmetic("-", lefts, rights);
  const some = filterBy(projectOf(counted, [...keys, aliasOf(copies.id, copies.name, times)]), [
    isPositive(copies),
  ]);
  // What is left are rows of the left side, and where it is an intersection of the right side too.
  const others = isIntersect ? planOutput(right) : [];
  return projectOf(
    replicate(some, keys, copies, context),
    columns.map((a, i) => {
      const nullable = a.nullable && (others[i]?.nullable ?? true);
      return aliasOf(a.id, a.name, { ...(keys[i] ?? a), nullable });
    }),
  );
}

/** One step splits a row's copies over this many rows, so eight steps serve 16^8 copies of one row. */
const FANOUT = 16;
const STEPS = 8;

/** Each row as many times as its column `copies` says: split evenly, step by step, until every row stands for one. */
function replicate(
  plan: LogicalPlan,
  keys: readonly Attribute[],
  copies: Attribute,
  context: RuleContext,
): LogicalPlan {
  let current = plan;
  let left = copies;
  for (let step = 0; step < STEPS; step++) {
    const share = column(context, "copies");
    const projections = Array.from({ length: FANOUT }, (_, turn) => [
      ...keys,
      arithmetic("div", arithmetic("+", left, long(String(turn))), long(String(FANOUT))),
    ]);
    const expanded: LogicalPlan = Object.freeze({
      kind: "expand",
      projections,
      output: Object.freeze([...keys, share]),
      child: current,
    });
    current = filterBy(expanded, [isPositive(share)]);
    left = share;
  }
  return current;
}

function marked(plan: LogicalPlan, left: string, right: string, context: RuleContext): LogicalPlan {
  return projectOf(plan, [
    ...planOutput(plan),
    aliasOf(context.freshId(), "left_count", long(left)),
    aliasOf(context.freshId(), "right_count", long(right)),
  ]);
}

const column = (context: RuleContext, name: string): Attribute =>
  Object.freeze({
    kind: "attribute",
    id: context.freshId(),
    name,
    type: LONG,
    nullable: true,
    qualifier: [],
  });

const sum = (arg: Attribute): AggregateCall =>
  Object.freeze({
    kind: "aggregate",
    name: "sum",
    args: [arg],
    distinct: false,
    filter: null,
    type: LONG,
    nullable: true,
    ansi: true,
  });

const arithmetic = (name: string, left: Expression, right: Expression): Call =>
  Object.freeze({
    kind: "call",
    name,
    args: [left, right],
    type: LONG,
    nullable: true,
    ansi: true,
  });

const smaller = (left: Attribute, right: Attribute): Expression =>
  Object.freeze({
    kind: "case",
    branches: [{ when: booleanCall("<", [left, right]), result: left }],
    otherwise: right,
  });

const isPositive = (count: Attribute): Expression => booleanCall(">", [count, long("0")]);

const long = (value: string): Literal => Object.freeze({ kind: "literal", type: LONG, value });
