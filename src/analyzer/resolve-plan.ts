import { unreachable } from "../common/assert.ts";
import { InternalError } from "../common/errors.ts";
import type { LogicalPlan, With } from "../plan/logical-plan.ts";
import type { Analysis } from "./analysis.ts";
import { withPosition } from "./analysis-error.ts";
import { type CommonTables, extendCommonTables } from "./common-tables.ts";
import { resolveAggregate } from "./resolve-aggregate.ts";
import { resolveByColumnType } from "./resolve-by-column-type.ts";
import { resolveFilter, resolveHaving } from "./resolve-filter.ts";
import {
  distinctOf,
  resolveDeduplicate,
  resolveDropColumns,
  resolveRenameColumns,
  resolveWithColumns,
} from "./resolve-frame-nodes.ts";
import { resolveInlineTable } from "./resolve-inline-table.ts";
import { resolveJoin } from "./resolve-join.ts";
import { resolveLeaf } from "./resolve-leaf.ts";
import { resolveLimit } from "./resolve-limit.ts";
import { resolveProject } from "./resolve-project.ts";
import {
  type ResolvePlan,
  resolveCommonTable,
  resolveRelation,
  resolveSubqueryAlias,
} from "./resolve-relation.ts";
import { resolveSetOperation, resolveUnionByName } from "./resolve-set-operation.ts";
import { resolveSort } from "./resolve-sort.ts";
import { overPlan, type Resolved } from "./resolved.ts";

/**
 * Analyzes a plan bottom-up; `tables` are the relations of WITH clauses that it may name. An error without a place in the
 * text gets that of the node.
 */
export function resolvePlan(plan: LogicalPlan, tables: CommonTables, analysis: Analysis): Resolved {
  try {
    return resolveNode(plan, tables, analysis);
  } catch (error) {
    throw withPosition(error, ("position" in plan && plan.position) || null);
  }
}

function resolveNode(plan: LogicalPlan, tables: CommonTables, analysis: Analysis): Resolved {
  const resolve: ResolvePlan = (node, scope) => resolvePlan(node, scope, analysis);
  const below = (node: LogicalPlan): Resolved => resolvePlan(node, tables, analysis);
  switch (plan.kind) {
    case "relation":
    case "localRelation":
    case "range":
      return resolveLeaf(plan, analysis);
    case "unresolvedFiles":
      return resolveLeaf(analysis.catalog.lookupFiles(plan), analysis);
    case "unresolvedRelation":
      return resolveRelation(plan, tables, analysis, resolve);
    case "inlineTable":
      return resolveInlineTable(plan, analysis);
    case "subqueryAlias":
      return resolveSubqueryAlias(plan, below(plan.child), analysis);
    case "with":
      return resolveWith(plan, tables, analysis, resolve);
    case "join":
      return resolveJoin(plan, below(plan.left), below(plan.right), analysis);
    case "unresolvedUnion":
      return resolveUnionByName(plan, below(plan.left), below(plan.right), analysis);
    case "setOperation":
      return resolveSetOperation(plan, plan.children.map(below), analysis);
    case "expand":
      throw new InternalError({
        condition: "INTERNAL_ERROR",
        message: "An expand node before analysis",
      });
    default:
      return resolveOverChild(plan, below(plan.child), analysis);
  }
}

type OneChild = Extract<LogicalPlan, { readonly child: LogicalPlan }>;

function resolveOverChild(
  plan: Exclude<OneChild, { kind: "with" | "subqueryAlias" | "expand" }>,
  child: Resolved,
  analysis: Analysis,
): Resolved {
  switch (plan.kind) {
    case "project":
      return resolveProject(plan, child, analysis);
    case "filter":
      return resolveFilter(plan, child, analysis);
    case "aggregate":
      return resolveAggregate(plan, child, analysis);
    case "unresolvedHaving":
      return resolveHaving(plan, child, analysis);
    case "sort":
      return resolveSort(plan, child, analysis);
    case "limit":
    case "offset":
      return resolveLimit(plan, child, analysis);
    case "distinct":
      return distinctOf(child);
    case "deduplicate":
      return resolveDeduplicate(plan, child, analysis);
    case "withColumns":
      return resolveWithColumns(plan, child, analysis);
    case "dropColumns":
      return resolveDropColumns(plan, child, analysis);
    case "renameColumns":
      return resolveRenameColumns(plan, child, analysis);
    case "byColumnType":
      return resolveByColumnType(plan, child, analysis);
    case "withWindows":
      return overPlan(child, child.plan);
    default:
      return unreachable(plan);
  }
}

function resolveWith(
  plan: With,
  tables: CommonTables,
  analysis: Analysis,
  resolve: ResolvePlan,
): Resolved {
  const scope = extendCommonTables(plan, tables);
  for (const { name } of plan.relations) {
    const table = scope.get(name.toLowerCase());
    if (table !== undefined) resolveCommonTable(table, analysis, resolve);
  }
  return resolve(plan.child, scope);
}
