import { allOf } from "../plan/conjuncts.ts";
import type { Alias, Attribute, Expression } from "../plan/expression.ts";
import type { Aggregate, Filter, LogicalPlan, Project } from "../plan/logical-plan.ts";

/** The child with a filter of these conjuncts; the child itself for none. */
export function filterBy(child: LogicalPlan, conjuncts: readonly Expression[]): LogicalPlan {
  const condition = allOf(conjuncts);
  if (condition === null) return child;
  const filter: Filter = { kind: "filter", condition, child };
  return Object.freeze(filter);
}

/** A projection; its expressions are attributes or aliases. */
export function projectOf(child: LogicalPlan, expressions: readonly Expression[]): Project {
  return Object.freeze({ kind: "project", expressions: Object.freeze([...expressions]), child });
}

/** A grouping of a child. */
export function aggregateOf(
  child: LogicalPlan,
  grouping: readonly Expression[],
  aggregates: readonly Expression[],
): Aggregate {
  return Object.freeze({ kind: "aggregate", grouping, aggregates, child });
}

/** An expression under a name and id. */
export function aliasOf(id: number, name: string, child: Expression): Alias {
  return Object.freeze({ kind: "alias", id, name, child });
}

/** `source` under the id and name of `target`; the attribute itself where it has both. */
export function renamedTo(source: Attribute, target: Attribute): Attribute | Alias {
  return source.id === target.id ? target : aliasOf(target.id, target.name, source);
}
