import { aliasOf } from "../plan/alias.ts";
import type { Attribute } from "../plan/expression.ts";
import type { LogicalPlan, SubqueryAlias, UnresolvedRelation } from "../plan/logical-plan.ts";
import { projectOf } from "../plan/project-of.ts";
import type { Analysis } from "./analysis.ts";
import { analysisError, at } from "./analysis-error.ts";
import type { CommonTable, CommonTables } from "./common-tables.ts";
import { NO_COMMON_TABLES } from "./common-tables.ts";
import { editDistance, nearest } from "./edit-distance.ts";
import { quotedName } from "./quoted-name.ts";
import { type Resolved, resolvedPlan, seal } from "./resolved.ts";

/** Resolves a plan within the tables that a WITH gives names. */
export type ResolvePlan = (plan: LogicalPlan, tables: CommonTables) => Resolved;

/** Spark's name for a derived table without one: no qualifier finds its columns. */
const UNNAMED = "__auto_generated_subquery_name";

/** A relation of WITH, a table or a view, under an alias of its name. */
export function resolveRelation(
  node: UnresolvedRelation,
  tables: CommonTables,
  analysis: Analysis,
  resolvePlan: ResolvePlan,
): Resolved {
  const { nameParts } = node;
  const common =
    nameParts.length === 1 ? tables.get((nameParts[0] ?? "").toLowerCase()) : undefined;
  if (common !== undefined) return resolveCommonTable(common, analysis, resolvePlan);
  const found = analysis.catalog.lookup(nameParts);
  if (found === null) throw tableNotFound(node, analysis);
  const resolved = resolvePlan(found, NO_COMMON_TABLES);
  return aliased(seal(resolved), nameParts.at(-1) ?? "", []);
}

/** A relation of WITH under its name and with its columns. */
export function resolveCommonTable(
  table: CommonTable,
  analysis: Analysis,
  resolvePlan: ResolvePlan,
): Resolved {
  const resolved = resolvePlan(table.plan, table.scope);
  const plan = at(table.position, () =>
    renameColumns(seal(resolved), resolved.visible, table.columns, analysis),
  );
  return aliased(plan, table.name, []);
}

/** `child AS alias(columns)`; or the mark of a DataFrame, which leaves no node behind. */
export function resolveSubqueryAlias(
  node: SubqueryAlias,
  child: Resolved,
  analysis: Analysis,
): Resolved {
  if (node.dataFrame !== undefined) return markFrame(child, node.dataFrame);
  const plan = renameColumns(seal(child), child.visible, node.columns, analysis);
  return aliased(plan, node.alias, [child]);
}

function markFrame(child: Resolved, dataFrame: number): Resolved {
  const known = child.frames.get(dataFrame) ?? [];
  return {
    ...child,
    frames: new Map([...child.frames, [dataFrame, [...known, child.visible]]]),
  };
}

function aliased(child: LogicalPlan, alias: string, from: readonly Resolved[]): Resolved {
  const plan: LogicalPlan = Object.freeze({ kind: "subqueryAlias", alias, columns: [], child });
  const resolved = resolvedPlan(plan, from);
  if (alias !== UNNAMED) return resolved;
  return {
    ...resolved,
    visible: resolved.visible.map((a) => Object.freeze({ ...a, qualifier: [] })),
  };
}

function renameColumns(
  plan: LogicalPlan,
  output: readonly Attribute[],
  names: readonly string[],
  analysis: Analysis,
): LogicalPlan {
  if (names.length === 0) return plan;
  if (names.length !== output.length)
    throw analysisError(
      "ASSIGNMENT_ARITY_MISMATCH",
      "42802",
      `The number of columns or variables assigned or aliased: ${output.length} does not match the number of source expressions: ${names.length}.`,
    );
  const aliases = output.map((child, i) =>
    aliasOf(analysis.freshId(), names[i] ?? child.name, child),
  );
  return projectOf(plan, aliases);
}

function tableNotFound(node: UnresolvedRelation, analysis: Analysis): Error {
  const name = node.nameParts.join(".");
  const [near] = nearest(name.toLowerCase(), analysis.catalog.tableNames());
  const isNear = near !== undefined && editDistance(name.toLowerCase(), near) <= 2;
  return analysisError(
    "TABLE_OR_VIEW_NOT_FOUND",
    "42P01",
    `The table or view ${quotedName(node.nameParts)} cannot be found. Verify the spelling and correctness of the schema and catalog.${
      isNear ? ` Did you mean ${quotedName([near])}?` : ""
    }\nIf you did not qualify the name with a schema, verify the current_schema() output, or qualify the name with the correct schema and catalog.\nTo tolerate the error on drop use DROP VIEW IF EXISTS or DROP TABLE IF EXISTS.`,
    node.position,
    { relationName: quotedName(node.nameParts) },
  );
}
