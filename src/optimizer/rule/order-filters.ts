import { columnComparison } from "../../plan/column-comparison.ts";
import { allOf, conjunctsOf } from "../../plan/conjuncts.ts";
import type { ColumnEstimate } from "../../plan/estimate/column-estimate.ts";
import { estimatePlan } from "../../plan/estimate/plan-estimate.ts";
import { type ColumnEstimates, selectivity } from "../../plan/estimate/selectivity.ts";
import type { Expression } from "../../plan/expression.ts";
import { attributesIn } from "../../plan/expression-tree.ts";
import type { LogicalPlan, Relation } from "../../plan/logical-plan.ts";
import { mayFail } from "../../plan/may-fail.ts";
import { transformPlan } from "../../plan/plan-tree.ts";
import { costOf, isDeterministic } from "../expression-facts.ts";
import type { Rule } from "../rule.ts";

/**
 * Puts the conjuncts of a filter in the order of least work: those first that leave out the most rows for their cost.
 * A condition that may fail stays behind all that stood before it.
 */
export const orderFilters: Rule = {
  name: "OrderFilters",
  example: { before: "s RLIKE 'x+' AND a = 1", after: "a = 1 AND s RLIKE 'x+'" },
  apply: (plan) =>
    transformPlan(plan, (node) => {
      if (node.kind === "filter") {
        const { columns, rows } = estimatePlan(node.child);
        const conjuncts = conjunctsOf(node.condition);
        const ordered = order(conjuncts, columns, rows);
        const condition = isSameOrder(ordered, conjuncts) ? null : allOf(ordered);
        return condition === null ? node : Object.freeze({ ...node, condition });
      }
      return node.kind === "relation" ? orderRelation(node) : node;
    }),
};

/** A condition on one column of few different values is decided once for each of them, then looked up. */
const DICTIONARY_COST = 1.5;
const DICTIONARY_ENTRIES = 4096;

function orderRelation(relation: Relation): LogicalPlan {
  if (relation.filters.length < 2) return relation;
  const { columns, rows } = estimatePlan(withoutFilters(relation));
  const ordered = order(relation.filters, columns, rows);
  if (isSameOrder(ordered, relation.filters)) return relation;
  return Object.freeze({ ...relation, filters: Object.freeze(ordered) });
}

const withoutFilters = (relation: Relation): Relation => ({ ...relation, filters: [] });

function order(
  conjuncts: readonly Expression[],
  columns: ColumnEstimates,
  rows: number,
): readonly Expression[] {
  if (conjuncts.length < 2 || !conjuncts.every(isDeterministic)) return conjuncts;
  const units = unitsOf(conjuncts.filter((conjunct) => !mayFail(conjunct))).map((unit) => ({
    unit,
    rank: rankOf(unit, columns, rows),
  }));
  const ordered = units.sort((a, b) => a.rank - b.rank).flatMap(({ unit }) => unit);
  return [...ordered, ...conjuncts.filter(mayFail)];
}

/** Conjuncts one by one, but comparisons of one column with constants together: they bound one range. */
function unitsOf(conjuncts: readonly Expression[]): readonly (readonly Expression[])[] {
  const units: Expression[][] = [];
  const ranges = new Map<number, Expression[]>();
  for (const conjunct of conjuncts) {
    const id = columnComparison(conjunct)?.column.id;
    const range = id === undefined ? undefined : ranges.get(id);
    if (range) {
      range.push(conjunct);
      continue;
    }
    const unit = [conjunct];
    units.push(unit);
    if (id !== undefined) ranges.set(id, unit);
  }
  return units;
}

/** What is spent on a row for each row left out; the most negative first. */
function rankOf(unit: readonly Expression[], columns: ColumnEstimates, rows: number): number {
  const condition = allOf(unit);
  if (condition === null) return 0;
  return (selectivity(condition, columns) - 1) / filterCost(condition, columns, rows);
}

function filterCost(conjunct: Expression, columns: ColumnEstimates, rows: number): number {
  const attributes = attributesIn(conjunct);
  const cost = Math.max(1, costOf(conjunct)) + attributes.length;
  const [attribute, ...others] = attributes;
  const column = attribute && columns.get(attribute.id);
  if (others.length > 0 || !column || !isFewValued(column, rows)) return cost;
  return Math.min(cost, DICTIONARY_COST);
}

const isFewValued = (column: ColumnEstimate, rows: number): boolean =>
  column.distinct <= DICTIONARY_ENTRIES && column.distinct * 4 < rows;

const isSameOrder = (a: readonly Expression[], b: readonly Expression[]): boolean =>
  a.every((e, i) => e === b[i]);
