import type { Alias, Attribute, Expression } from "../plan/expression.ts";
import type {
  Aggregate,
  Deduplicate,
  DropColumns,
  LogicalPlan,
  RenameColumns,
  WithColumns,
} from "../plan/logical-plan.ts";
import { toAttribute } from "../plan/plan-output.ts";
import { projectOf } from "../plan/project-of.ts";
import type { Analysis } from "./analysis.ts";
import { analysisError } from "./analysis-error.ts";
import { containsAggregate } from "./contains-aggregate.ts";
import { findColumn } from "./find-column.ts";
import { quotedName, sameName } from "./quoted-name.ts";
import { refuseMaps } from "./refuse-maps.ts";
import { aggregateOver } from "./resolve-aggregate.ts";
import { callBuiltin } from "./resolve-call.ts";
import { projectedOver } from "./resolve-project.ts";
import { resolveSelectList } from "./resolve-select-list.ts";
import { type Resolved, resolvedPlan, seal } from "./resolved.ts";
import { unresolvedColumn } from "./unresolved-column.ts";

/** `withColumns`: a column replaces all of the same name where they stand, or comes last. */
export function resolveWithColumns(
  node: WithColumns,
  child: Resolved,
  analysis: Analysis,
): Resolved {
  refuseDuplicates(node.columns.map((column) => column.name));
  const list = resolveSelectList(node.columns, child, analysis);
  const added = list.items;
  const isNew = (item: Attribute | Alias): boolean =>
    !child.visible.some((a) => sameName(a.name, item.name));
  const items: (Attribute | Alias)[] = child.visible.map(
    (a) => added.find((item) => sameName(item.name, a.name)) ?? a,
  );
  items.push(...added.filter(isNew));
  const distinct = items.map((item, i) =>
    items.findIndex((other) => other.id === item.id) === i ? item : again(item, analysis),
  );
  if (added.some((item) => item.kind === "alias" && containsAggregate(item)))
    return aggregateOver({ ...list, items: distinct, positions: [] }, [], child);
  return projectedOver({ ...list, items: distinct, positions: [] }, child);
}

/** `drop`: by name, all columns of that name; names that are not there do nothing. */
export function resolveDropColumns(
  node: DropColumns,
  child: Resolved,
  analysis: Analysis,
): Resolved {
  const dropped = new Set(node.columns.flatMap((column) => droppedIds(column, child, analysis)));
  const kept = child.visible.filter((a) => !dropped.has(a.id));
  if (kept.length === child.visible.length) return child;
  return resolvedPlan(projectOf(child.plan, kept), [child], { visible: kept, below: child });
}

function droppedIds(column: Expression, child: Resolved, analysis: Analysis): readonly number[] {
  if (column.kind === "attribute") return child.renamed.get(column.id) ?? [];
  if (column.kind !== "unresolvedAttribute") return [];
  if (column.nameParts.length === 1 && column.dataFrame === undefined)
    return child.visible
      .filter((a) => sameName(a.name, column.nameParts[0] ?? ""))
      .map((a) => a.id);
  const found = findColumn(child, column, analysis);
  return found?.kind === "attribute" ? [found.id] : [];
}

/** `withColumnsRenamed` and `toDF`. */
export function resolveRenameColumns(
  node: RenameColumns,
  child: Resolved,
  analysis: Analysis,
): Resolved {
  const { all, renames } = node;
  if (all !== null && all.length !== child.visible.length)
    throw analysisError(
      "ASSIGNMENT_ARITY_MISMATCH",
      "42802",
      `The number of columns or variables assigned or aliased: ${child.visible.length} does not match the number of source expressions: ${all.length}.`,
    );
  const items = child.visible.map((column, i): Attribute | Alias => {
    const to = all?.[i] ?? renames?.find((rename) => sameName(rename.from, column.name))?.to;
    return to === undefined ? column : aliasTo(column, to, analysis);
  });
  const visible = items.map(toAttribute);
  return resolvedPlan(projectOf(child.plan, items), [child], { visible, below: child });
}

/** `dropDuplicates`: one row of each group of equal keys, the first met. Without keys, `distinct`. */
export function resolveDeduplicate(
  node: Deduplicate,
  child: Resolved,
  analysis: Analysis,
): Resolved {
  if (node.columns.length === 0) return distinctOf(child);
  const keys = node.columns.flatMap((name) => keysOf(name, child));
  refuseMaps(keys);
  const items = child.visible.map((column): Attribute | Alias => {
    if (keys.includes(column)) return column;
    return Object.freeze({
      kind: "alias",
      id: analysis.freshId(),
      name: column.name,
      child: callBuiltin("first", [column], analysis),
    });
  });
  const plan: Aggregate = Object.freeze({
    kind: "aggregate",
    grouping: Object.freeze(keys),
    aggregates: Object.freeze(items),
    child: child.plan,
  });
  const visible = items.map((item, i) => ({
    ...toAttribute(item),
    qualifier: child.visible[i]?.qualifier ?? [],
  }));
  const pairs = child.visible.map((old, i) => [old.id, visible[i]?.id ?? 0] as const);
  const frames = new Map(
    [...child.frames].map(([frame, lists]) => [frame, lists.map((list) => renew(list, pairs))]),
  );
  return resolvedPlan(plan, [child], { visible, frames });
}

/** The distinct rows of a relation. */
export function distinctOf(child: Resolved): Resolved {
  refuseMaps(child.visible);
  const plan: LogicalPlan = Object.freeze({ kind: "distinct", child: seal(child) });
  return { ...child, plan, qualifiedOnly: [], below: null };
}

function renew(
  attributes: readonly Attribute[],
  pairs: readonly (readonly [number, number])[],
): readonly Attribute[] {
  const ids = new Map(pairs);
  return attributes.map((a) => ({ ...a, id: ids.get(a.id) ?? a.id }));
}

function keysOf(name: string, child: Resolved): readonly Attribute[] {
  const keys = child.visible.filter((column) => sameName(column.name, name));
  if (keys.length > 0) return keys;
  throw unresolvedColumn(
    { kind: "unresolvedAttribute", nameParts: [name], position: null },
    child.visible,
  );
}

function again(item: Attribute | Alias, analysis: Analysis): Alias {
  return aliasTo(item.kind === "alias" ? item.child : item, item.name, analysis);
}

function aliasTo(child: Expression, name: string, analysis: Analysis): Alias {
  return Object.freeze({ kind: "alias", id: analysis.freshId(), name, child });
}

function refuseDuplicates(names: readonly string[]): void {
  const duplicate = names.find((name, i) => names.findIndex((n) => sameName(n, name)) !== i);
  if (duplicate === undefined) return;
  throw analysisError(
    "COLUMN_ALREADY_EXISTS",
    "42711",
    `The column ${quotedName([duplicate.toLowerCase()])} already exists. Choose another name or rename the existing column.`,
  );
}
