import { idsOf } from "../../plan/attribute-ids.ts";
import type { Attribute, Expression } from "../../plan/expression.ts";
import { attributesIn, mapList, replaceIfChanged } from "../../plan/expression-tree.ts";
import type {
  Aggregate,
  Expand,
  Join,
  LocalRelation,
  LogicalPlan,
  Project,
  Relation,
  SetOperation,
} from "../../plan/logical-plan.ts";
import { planOutput, toAttribute } from "../../plan/plan-output.ts";
import { mapPlanChildren } from "../../plan/plan-tree.ts";
import { projectOf } from "../../plan/project-of.ts";
import type { Rule } from "../rule.ts";

/**
 * Leaves out columns that nobody above reads, down to what is read of the files. Columns that only a filter needs end
 * before rows are kept or sent: below joins and sorts.
 */
export const columnPruning: Rule = {
  name: "ColumnPruning",
  example: { before: "SELECT a FROM (SELECT * FROM t)", after: "SELECT a FROM (SELECT a FROM t)" },
  apply: (plan) => prune(plan, idsOf(planOutput(plan))),
};

type Ids = ReadonlySet<number>;

/** The plan with at least the columns in `needed`, in their order. */
function prune(plan: LogicalPlan, needed: Ids): LogicalPlan {
  switch (plan.kind) {
    case "relation":
      return pruneRelation(plan, needed);
    case "localRelation":
      return pruneLocal(plan, needed);
    case "project":
      return pruneProject(plan, needed);
    case "aggregate":
      return pruneAggregate(plan, needed);
    case "join":
      return pruneJoin(plan, needed);
    case "setOperation":
      return pruneUnion(plan, needed);
    case "expand":
      return pruneExpand(plan, needed);
    case "filter":
      return replaceIfChanged(plan, {
        child: prune(plan.child, union(needed, readBy([plan.condition]))),
      });
    case "sort": {
      const read = readBy(plan.orders.map((order) => order.expression));
      return replaceIfChanged(plan, { child: pruneExactly(plan.child, union(needed, read)) });
    }
    case "limit":
    case "offset":
      return replaceIfChanged(plan, { child: prune(plan.child, needed) });
    default:
      return mapPlanChildren(plan, (child) => prune(child, idsOf(planOutput(child))));
  }
}

/** As `prune`, with a projection where there would be more columns than asked for. */
function pruneExactly(plan: LogicalPlan, needed: Ids): LogicalPlan {
  const pruned = prune(plan, needed);
  const output = planOutput(pruned);
  const wanted = output.filter((a) => needed.has(a.id));
  return wanted.length === output.length ? pruned : projectOf(pruned, wanted);
}

function pruneRelation(relation: Relation, needed: Ids): LogicalPlan {
  const all = union(needed, readBy(relation.filters));
  return replaceIfChanged(relation, { output: keep(relation.output, (a) => all.has(a.id)) });
}

function pruneLocal(relation: LocalRelation, needed: Ids): LogicalPlan {
  const output = keep(relation.output, (a) => needed.has(a.id));
  if (output === relation.output) return relation;
  const places = output.map((a) => relation.output.indexOf(a));
  const rows = relation.rows.map((row) => places.map((place) => row[place] ?? null));
  return Object.freeze({ ...relation, output, rows: Object.freeze(rows) });
}

function pruneProject(project: Project, needed: Ids): LogicalPlan {
  const expressions = keep(project.expressions, (e) => needed.has(toAttribute(e).id));
  const child = prune(project.child, readBy(expressions));
  return replaceIfChanged(project, { expressions, child });
}

function pruneAggregate(aggregate: Aggregate, needed: Ids): LogicalPlan {
  const aggregates = keep(aggregate.aggregates, (e) => needed.has(toAttribute(e).id));
  const child = prune(aggregate.child, readBy([...aggregate.grouping, ...aggregates]));
  return replaceIfChanged(aggregate, { aggregates, child });
}

function pruneJoin(join: Join, needed: Ids): LogicalPlan {
  const all = union(needed, readBy(join.condition ? [join.condition] : []));
  const left = pruneExactly(join.left, within(all, join.left));
  const right = pruneExactly(join.right, within(all, join.right));
  return replaceIfChanged(join, { left, right });
}

/** Children must agree on the number of columns: each is cut to the same places. */
function pruneUnion(operation: SetOperation, needed: Ids): LogicalPlan {
  if (operation.operation !== "union" || !operation.all)
    return mapPlanChildren(operation, (child) => prune(child, idsOf(planOutput(child))));
  const output = keep(operation.output, (a) => needed.has(a.id));
  const places = output.map((a) => operation.output.indexOf(a));
  const children = mapList(operation.children, (child) => {
    const columns = planOutput(child);
    const wanted = places.flatMap((place) => columns[place] ?? []);
    const pruned = prune(child, idsOf(wanted));
    return isExactly(planOutput(pruned), wanted) ? pruned : projectOf(pruned, wanted);
  });
  return replaceIfChanged(operation, { output, children });
}

function pruneExpand(expand: Expand, needed: Ids): LogicalPlan {
  const output = keep(expand.output, (a) => needed.has(a.id));
  const places = output.map((a) => expand.output.indexOf(a));
  const projections =
    output === expand.output
      ? expand.projections
      : expand.projections.map((p) => places.flatMap((place) => p[place] ?? []));
  const child = prune(expand.child, readBy(projections.flat()));
  return replaceIfChanged(expand, { output, projections, child });
}

function isExactly(output: readonly Attribute[], wanted: readonly Attribute[]): boolean {
  return output.length === wanted.length && output.every((a, i) => a.id === wanted[i]?.id);
}

const readBy = (expressions: readonly Expression[]): Ids => idsOf(attributesIn(...expressions));

const union = (a: Ids, b: Ids): Ids => new Set([...a, ...b]);

function within(ids: Ids, plan: LogicalPlan): Ids {
  return idsOf(planOutput(plan).filter((a) => ids.has(a.id)));
}

/** `filter`, but the same array where all stay. */
function keep<T>(items: readonly T[], stays: (item: T) => boolean): readonly T[] {
  return items.every(stays) ? items : Object.freeze(items.filter(stays));
}
