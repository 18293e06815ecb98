import type { Batch } from "./batch.ts";
import { booleanSimplification } from "./rule/boolean-simplification.ts";
import { collapseProject } from "./rule/collapse-project.ts";
import { columnPruning } from "./rule/column-pruning.ts";
import { combineFilters } from "./rule/combine-filters.ts";
import { combineLimits } from "./rule/combine-limits.ts";
import { combineUnions } from "./rule/combine-unions.ts";
import { commonSubexpressionElimination } from "./rule/common-subexpression-elimination.ts";
import { constantFolding } from "./rule/constant-folding.ts";
import { eliminateOuterJoin } from "./rule/eliminate-outer-join.ts";
import { eliminateSubqueryAliases } from "./rule/eliminate-subquery-aliases.ts";
import { extractCommonConjuncts } from "./rule/extract-common-conjuncts.ts";
import { inferFilters } from "./rule/infer-filters.ts";
import { likeSimplification } from "./rule/like-simplification.ts";
import { orderFilters } from "./rule/order-filters.ts";
import { placeJoinConditions } from "./rule/place-join-conditions.ts";
import { pruneEmptyRelation } from "./rule/prune-empty-relation.ts";
import { pullOutGroupingExpressions } from "./rule/pull-out-grouping-expressions.ts";
import { pushDownFilter } from "./rule/push-down-filter.ts";
import { pushDownLimit } from "./rule/push-down-limit.ts";
import { removeRedundantSorts } from "./rule/remove-redundant-sorts.ts";
import { reorderJoins } from "./rule/reorder-joins.ts";
import { replaceDistinct } from "./rule/replace-distinct.ts";
import { replaceExpressions } from "./rule/replace-expressions.ts";
import { replaceSetOperations } from "./rule/replace-set-operations.ts";
import { rewriteDistinctAggregates } from "./rule/rewrite-distinct-aggregates.ts";
import { simplifyCasts } from "./rule/simplify-casts.ts";
import { sortMapsInGrouping } from "./rule/sort-maps-in-grouping.ts";
import { specialDatetimeValues } from "./rule/special-datetime-values.ts";
import { tightenRelationNullability } from "./rule/tighten-relation-nullability.ts";
import { unwrapCastInComparison } from "./rule/unwrap-cast-in-comparison.ts";
import { updateNullability } from "./rule/update-nullability.ts";

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
