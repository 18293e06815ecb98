import type { Batch } from "./batch.ts";
import { booleanSimplification } from "./boolean-simplification.ts";
import { collapseProject } from "./collapse-project.ts";
import { columnPruning } from "./column-pruning.ts";
import { combineFilters } from "./combine-filters.ts";
import { combineLimits } from "./combine-limits.ts";
import { combineUnions } from "./combine-unions.ts";
import { commonSubexpressionElimination } from "./common-subexpression-elimination.ts";
import { constantFolding } from "./constant-folding.ts";
import { eliminateOuterJoin } from "./eliminate-outer-join.ts";
import { eliminateSubqueryAliases } from "./eliminate-subquery-aliases.ts";
import { extractCommonConjuncts } from "./extract-common-conjuncts.ts";
import { inferFilters } from "./infer-filters.ts";
import { likeSimplification } from "./like-simplification.ts";
import { orderFilters } from "./order-filters.ts";
import { placeJoinConditions } from "./place-join-conditions.ts";
import { pruneEmptyRelation } from "./prune-empty-relation.ts";
import { pullOutGroupingExpressions } from "./pull-out-grouping-expressions.ts";
import { pushDownFilter } from "./push-down-filter.ts";
import { pushDownLimit } from "./push-down-limit.ts";
import { removeRedundantSorts } from "./remove-redundant-sorts.ts";
import { reorderJoins } from "./reorder-joins.ts";
import { replaceDistinct } from "./replace-distinct.ts";
import { replaceExpressions } from "./replace-expressions.ts";
import { replaceSetOperations } from "./replace-set-operations.ts";
import { rewriteDistinctAggregates } from "./rewrite-distinct-aggregates.ts";
import { simplifyCasts } from "./simplify-casts.ts";
import { sortMapsInGrouping } from "./sort-maps-in-grouping.ts";
import { specialDatetimeValues } from "./special-datetime-values.ts";
import { tightenRelationNullability } from "./tighten-relation-nullability.ts";
import { unwrapCastInComparison } from "./unwrap-cast-in-comparison.ts";
import { updateNullability } from "./update-nullability.ts";

const SIMPLIFY = [
  constantFolding,
  simplifyCasts,
  unwrapCastInComparison,
  booleanSimplification,
  likeSimplification,
  extractCommonConjuncts,
  combineFilters,
  pushDownFilter,
  eliminateOuterJoin,
  collapseProject,
  combineLimits,
  pushDownLimit,
  removeRedundantSorts,
  pruneEmptyRelation,
];

/** All rules in the order in which they run. */
export const BATCHES: readonly Batch[] = [
  {
    name: "Replace operators",
    strategy: "once",
    rules: [
      eliminateSubqueryAliases,
      placeJoinConditions,
      replaceSetOperations,
      combineUnions,
      replaceDistinct,
      sortMapsInGrouping,
      pullOutGroupingExpressions,
      replaceExpressions,
      specialDatetimeValues,
      tightenRelationNullability,
      updateNullability,
    ],
  },
  { name: "Simplify and push down", strategy: "fixedPoint", rules: SIMPLIFY },
  { name: "Infer filters", strategy: "once", rules: [inferFilters] },
  { name: "Push down what was inferred", strategy: "fixedPoint", rules: SIMPLIFY },
  { name: "Rewrite distinct aggregates", strategy: "once", rules: [rewriteDistinctAggregates] },
  { name: "Prune columns", strategy: "fixedPoint", rules: [columnPruning, ...SIMPLIFY] },
  { name: "Order joins", strategy: "once", rules: [reorderJoins] },
  {
    name: "Prune columns of ordered joins",
    strategy: "fixedPoint",
    rules: [columnPruning, ...SIMPLIFY],
  },
  {
    name: "Finish",
    strategy: "once",
    rules: [orderFilters, commonSubexpressionElimination, updateNullability],
  },
];
