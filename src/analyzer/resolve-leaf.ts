import { LONG } from "../columnar/data-type.ts";
import type { Attribute } from "../plan/expression.ts";
import { transformExpression } from "../plan/expression-tree.ts";
import type { LocalRelation, Range, Relation } from "../plan/logical-plan.ts";
import type { Analysis } from "./analysis.ts";
import { type Resolved, resolvedPlan, withRenamed } from "./resolved.ts";

/** A table's files, carried rows or a range, with ids that nothing else in the query has. */
export function resolveLeaf(plan: Relation | LocalRelation | Range, analysis: Analysis): Resolved {
  const old = plan.kind === "range" && plan.output.length === 0 ? [RANGE_COLUMN] : plan.output;
  const output = Object.freeze(
    old.map((attribute) => Object.freeze({ ...attribute, id: analysis.freshId() })),
  );
  const pairs = old.map((attribute, i) => [attribute.id, output[i]?.id ?? 0] as const);
  const fresh = Object.freeze({ ...plan, output });
  return withRenamed(
    resolvedPlan(fresh.kind === "relation" ? withFreshFilters(fresh, old) : fresh, []),
    pairs,
  );
}

const RANGE_COLUMN: Attribute = Object.freeze({
  kind: "attribute",
  id: 0,
  name: "id",
  type: LONG,
  nullable: false,
  qualifier: Object.freeze([]),
});

function withFreshFilters(relation: Relation, old: readonly Attribute[]): Relation {
  if (relation.filters.length === 0) return relation;
  const byId = new Map(old.map((attribute, i) => [attribute.id, relation.output[i]]));
  const filters = relation.filters.map((filter) =>
    transformExpression(filter, (e) => (e.kind === "attribute" ? (byId.get(e.id) ?? e) : e)),
  );
  return Object.freeze({ ...relation, filters });
}
