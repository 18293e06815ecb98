import type { Alias, Attribute, Expression } from "../plan/expression.ts";
import { attributesIn } from "../plan/expression-tree.ts";
import type { LogicalPlan, Project } from "../plan/logical-plan.ts";
import { planOutput, toAttribute } from "../plan/plan-output.ts";
import { projectOf } from "../plan/project-of.ts";
import type { Analysis } from "./analysis.ts";
import { containsAggregate } from "./contains-aggregate.ts";
import { aggregateOver } from "./resolve-aggregate.ts";
import { resolveSelectList, type SelectList } from "./resolve-select-list.ts";
import { type Resolved, resolvedPlan, withRenamed } from "./resolved.ts";

/** A select list without GROUP BY: a projection, or one group of all rows where it has aggregates. */
export function resolveProject(node: Project, child: Resolved, analysis: Analysis): Resolved {
  const list = resolveSelectList(node.expressions, child, analysis);
  if (list.items.some(containsAggregate)) return aggregateOver(list, [], child);
  return projectedOver(list, child);
}

/** The projection of resolved items over `child`. */
export function projectedOver(list: SelectList, child: Resolved): Resolved {
  const plan = list.lateral.size === 0 ? null : stackProjects(list, child.plan);
  const resolved = resolvedPlan(plan ?? projectOf(child.plan, list.items), [child], {
    below: child,
    visible: list.items.map((item) => visibleOf(item)),
  });
  return withRenamed(resolved, list.renamed);
}

function visibleOf(item: Attribute | Alias): Attribute {
  return toAttribute(item);
}

/** Items that refer to aliases of other items need those computed in a project below. */
function stackProjects(list: SelectList, child: LogicalPlan): LogicalPlan {
  const byId = new Map(list.items.map((item) => [item.id, item]));
  const levels = new Map<number, number>();
  for (const item of list.items) levels.set(item.id, levelOf(item, byId, levels));
  const referred = list.items.filter((item) => list.lateral.has(item.id));
  const top = Math.max(...referred.map((item) => levels.get(item.id) ?? 0));
  let plan = child;
  for (let level = 0; level <= top; level++) {
    const added = referred.filter((item) => levels.get(item.id) === level);
    plan = projectOf(plan, [...planOutput(plan), ...added]);
  }
  const computed = new Set(referred.map((item) => item.id));
  return projectOf(
    plan,
    list.items.map((item): Expression => (computed.has(item.id) ? toAttribute(item) : item)),
  );
}

function levelOf(
  item: Attribute | Alias,
  byId: ReadonlyMap<number, Expression>,
  levels: ReadonlyMap<number, number>,
): number {
  if (item.kind === "attribute") return 0;
  const used = attributesIn(item.child).filter((attribute) => byId.has(attribute.id));
  const lateral = used.filter((attribute) => byId.get(attribute.id)?.kind === "alias");
  return Math.max(0, ...lateral.map((attribute) => (levels.get(attribute.id) ?? 0) + 1));
}
