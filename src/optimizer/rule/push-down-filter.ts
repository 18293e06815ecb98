import { idsOf, readsOnly } from "../../plan/attribute-ids.ts";
import { allOf, conjunctsOf } from "../../plan/conjuncts.ts";
import type { Expression } from "../../plan/expression.ts";
import { expressionKey } from "../../plan/expression-key.ts";
import { attributesIn, someExpression } from "../../plan/expression-tree.ts";
import type {
  Aggregate,
  Filter,
  Join,
  LogicalPlan,
  Project,
  Relation,
  SetOperation,
} from "../../plan/logical-plan.ts";
import { planOutput } from "../../plan/plan-output.ts";
import { transformPlanDown } from "../../plan/plan-tree.ts";
import { isDeterministic } from "../expression-facts.ts";
import { FILTERED_SIDES, MATCHED_SIDES } from "../join-sides.ts";
import { filterBy } from "../nodes.ts";
import type { Rule } from "../rule.ts";
import { definitionsOf, substitute } from "../substitute.ts";

/**
 * Takes conditions down to where they leave the fewest rows: through projections by putting in what an alias stands
 * for, into the sides of joins, below grouping, sorts and unions, and beside the scan.
 */
export const pushDownFilter: Rule = {
  name: "PushDownFilter",
  example: { before: "(l JOIN r) WHERE l.a > 1", after: "(l WHERE l.a > 1) JOIN r" },
  apply: (plan) =>
    transformPlanDown(plan, (node) => {
      if (node.kind === "filter") return pushFilter(node);
      return node.kind === "join" ? pushJoinCondition(node) : node;
    }),
};

/** What became of conjuncts: those that stay above, and the node that took the others. */
interface Pushed {
  readonly stay: readonly Expression[];
  readonly into: LogicalPlan;
}

function pushFilter(filter: Filter): LogicalPlan {
  const conjuncts = conjunctsOf(filter.condition);
  const firstFixed = conjuncts.findIndex((conjunct) => !isDeterministic(conjunct));
  const movable = firstFixed === -1 ? conjuncts : conjuncts.slice(0, firstFixed);
  if (movable.length === 0) return filter;
  const pushed = pushInto(filter.child, movable);
  if (pushed === null || pushed.stay.length === movable.length) return filter;
  return filterBy(pushed.into, [...pushed.stay, ...conjuncts.slice(movable.length)]);
}

function pushInto(child: LogicalPlan, conjuncts: readonly Expression[]): Pushed | null {
  switch (child.kind) {
    case "project":
      return intoProject(child, conjuncts);
    case "sort":
    case "distinct":
      return {
        stay: [],
        into: Object.freeze({ ...child, child: filterBy(child.child, conjuncts) }),
      };
    case "aggregate":
      return intoAggregate(child, conjuncts);
    case "setOperation":
      return intoUnion(child, conjuncts);
    case "join":
      return intoJoin(child, conjuncts);
    case "relation":
      return intoRelation(child, conjuncts);
    default:
      return null;
  }
}

function intoProject(project: Project, conjuncts: readonly Expression[]): Pushed | null {
  if (!project.expressions.every(isDeterministic)) return null;
  const definitions = definitionsOf(project.expressions);
  const below = conjuncts.map((conjunct) => substitute(conjunct, definitions));
  return { stay: [], into: Object.freeze({ ...project, child: filterBy(project.child, below) }) };
}

/** Conditions on groups hold for all rows of a group or for none. */
function intoAggregate(aggregate: Aggregate, conjuncts: readonly Expression[]): Pushed | null {
  if (aggregate.grouping.length === 0) return null;
  const definitions = definitionsOf(aggregate.aggregates);
  const isOverGroups = (conjunct: Expression): boolean => {
    const below = substitute(conjunct, definitions);
    return (
      attributesIn(below).length > 0 &&
      isDeterministic(below) &&
      !someExpression(below, (e) => e.kind === "aggregate")
    );
  };
  const [go, stay] = divide(conjuncts, isOverGroups);
  const below = go.map((conjunct) => substitute(conjunct, definitions));
  return { stay, into: Object.freeze({ ...aggregate, child: filterBy(aggregate.child, below) }) };
}

function intoUnion(union: SetOperation, conjuncts: readonly Expression[]): Pushed | null {
  if (union.operation !== "union") return null;
  const children = union.children.map((child) => {
    const output = planOutput(child);
    const inChild = new Map(
      union.output.flatMap((a, i): [number, Expression][] => {
        const source = output[i];
        return source ? [[a.id, source]] : [];
      }),
    );
    return filterBy(
      child,
      conjuncts.map((conjunct) => substitute(conjunct, inChild)),
    );
  });
  return { stay: [], into: Object.freeze({ ...union, children: Object.freeze(children) }) };
}

function intoRelation(relation: Relation, conjuncts: readonly Expression[]): Pushed {
  const known = new Set(relation.filters.map(expressionKey));
  const more = conjuncts.filter((conjunct) => !known.has(expressionKey(conjunct)));
  const filters = Object.freeze([...relation.filters, ...more]);
  return { stay: [], into: more.length === 0 ? relation : Object.freeze({ ...relation, filters }) };
}

function intoJoin(join: Join, conjuncts: readonly Expression[]): Pushed {
  const { toLeft, toRight, rest } = bySide(join, conjuncts, FILTERED_SIDES[join.type]);
  const isInner = join.type === "inner" || join.type === "cross";
  const joinsSides = isInner ? rest : [];
  return {
    stay: isInner ? [] : rest,
    into: Object.freeze({
      ...join,
      type: joinsSides.length > 0 ? "inner" : join.type,
      condition: allOf([...conjunctsOf(join.condition), ...joinsSides]),
      left: filterBy(join.left, toLeft),
      right: filterBy(join.right, toRight),
    }),
  };
}

function pushJoinCondition(join: Join): LogicalPlan {
  const conjuncts = conjunctsOf(join.condition);
  if (!conjuncts.every(isDeterministic)) return join;
  const { toLeft, toRight, rest } = bySide(join, conjuncts, MATCHED_SIDES[join.type]);
  if (rest.length === conjuncts.length) return join;
  return Object.freeze({
    ...join,
    condition: allOf(rest),
    left: filterBy(join.left, toLeft),
    right: filterBy(join.right, toRight),
  });
}

interface BySide {
  readonly toLeft: readonly Expression[];
  readonly toRight: readonly Expression[];
  readonly rest: readonly Expression[];
}

function bySide(
  join: Join,
  conjuncts: readonly Expression[],
  allowed: { readonly left: boolean; readonly right: boolean },
): BySide {
  const leftIds = idsOf(planOutput(join.left));
  const rightIds = idsOf(planOutput(join.right));
  const [toLeft, others] = divide(conjuncts, (e) => allowed.left && readsOnly(e, leftIds));
  const [toRight, rest] = divide(others, (e) => allowed.right && readsOnly(e, rightIds));
  return { toLeft, toRight, rest };
}

function divide<T>(items: readonly T[], passes: (item: T) => boolean): readonly [T[], T[]] {
  const yes: T[] = [];
  const no: T[] = [];
  for (const item of items) (passes(item) ? yes : no).push(item);
  return [yes, no];
}
