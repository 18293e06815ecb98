import { conjunctsOf, isCall } from "../plan/conjuncts.ts";
import type { Attribute, Expression } from "../plan/expression.ts";
import { attributesIn } from "../plan/expression-tree.ts";
import type { Join, LogicalPlan } from "../plan/logical-plan.ts";
import { planOutput } from "../plan/plan-output.ts";
import { EqualityClasses } from "./equality-classes.ts";

/** Inner joins laid flat: any order of the leaves under the same conditions gives the same rows. */
export interface JoinGraph {
  readonly leaves: readonly LogicalPlan[];
  /** Sets of columns of several leaves that are all equal: leaves can be joined by any two of them. */
  readonly equalities: readonly (readonly Member[])[];
  /** What else is asked of several leaves. */
  readonly conditions: readonly JoinCondition[];
  /** What is asked of one leaf, or none. */
  readonly rest: readonly Expression[];
}

/** A column and its leaf, as a bit. */
export interface Member {
  readonly column: Attribute;
  readonly leaf: number;
}

/** A conjunct and the leaves it reads, as bits. */
export interface JoinCondition {
  readonly expression: Expression;
  readonly leaves: number;
  /** An equality between two leaves: one along which they can be joined by hash. */
  readonly isEdge: boolean;
}

/** Takes a tree of inner joins apart. Outer joins, hinted joins and anything else are leaves. */
export function joinGraph(root: Join): JoinGraph {
  const leaves: LogicalPlan[] = [];
  const conjuncts: Expression[] = [];
  collect(root, leaves, conjuncts);
  const leafOf = new Map(leaves.flatMap((leaf, i) => planOutput(leaf).map((a) => [a.id, i])));
  const classes = new EqualityClasses();
  const conditions: JoinCondition[] = [];
  const rest: Expression[] = [];
  for (const expression of conjuncts) {
    const condition = conditionOf(expression, leafOf);
    const columns = equalColumns(expression);
    if (condition.isEdge && columns) classes.join(...columns);
    else if (isOneBit(condition.leaves) || condition.leaves === 0) rest.push(expression);
    else conditions.push(condition);
  }
  const equalities = classes
    .all()
    .map((columns) => columns.map((column) => ({ column, leaf: leavesOf(column, leafOf) })));
  return { leaves, equalities, conditions, rest };
}

function conditionOf(expression: Expression, leafOf: ReadonlyMap<number, number>): JoinCondition {
  const leaves = leavesOf(expression, leafOf);
  return { expression, leaves, isEdge: isEdge(expression, leafOf) };
}

function equalColumns(expression: Expression): readonly [Attribute, Attribute] | null {
  const [left, right] = isCall(expression, "=") ? expression.args : [];
  return left?.kind === "attribute" && right?.kind === "attribute" ? [left, right] : null;
}

/** True if a plan is an inner join that may be reordered. */
export function isFlexible(plan: LogicalPlan): plan is Join {
  return (
    plan.kind === "join" && (plan.type === "inner" || plan.type === "cross") && plan.hint === null
  );
}

function collect(plan: LogicalPlan, leaves: LogicalPlan[], conjuncts: Expression[]): void {
  const joined = withoutColumnChoice(plan);
  if (!isFlexible(joined)) {
    leaves.push(plan);
    return;
  }
  collect(joined.left, leaves, conjuncts);
  collect(joined.right, leaves, conjuncts);
  conjuncts.push(...conjunctsOf(joined.condition));
}

/** A projection that only leaves out columns of a join does not keep it from being taken apart. */
function withoutColumnChoice(plan: LogicalPlan): LogicalPlan {
  if (plan.kind !== "project" || !isFlexible(plan.child)) return plan;
  return plan.expressions.every((e) => e.kind === "attribute") ? plan.child : plan;
}

function leavesOf(expression: Expression, leafOf: ReadonlyMap<number, number>): number {
  return attributesIn(expression).reduce((bits, a) => bits | (1 << (leafOf.get(a.id) ?? 0)), 0);
}

function isEdge(expression: Expression, leafOf: ReadonlyMap<number, number>): boolean {
  if (expression.kind !== "call" || (expression.name !== "=" && expression.name !== "<=>"))
    return false;
  const [left, right] = expression.args.map((arg) => leavesOf(arg, leafOf));
  return (
    left !== undefined && right !== undefined && isOneBit(left) && isOneBit(right) && left !== right
  );
}

const isOneBit = (bits: number): boolean => bits !== 0 && (bits & (bits - 1)) === 0;
