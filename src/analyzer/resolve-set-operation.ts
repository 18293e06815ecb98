import { commonType } from "../builtins/coercion.ts";
import { type DataType, sameType } from "../columnar/data-type.ts";
import { sqlType } from "../columnar/sql-type.ts";
import { aliasOf } from "../plan/alias.ts";
import type { Alias, Attribute, Expression } from "../plan/expression.ts";
import { nullLiteral } from "../plan/literal.ts";
import type { LogicalPlan, SetOperation, UnresolvedUnion } from "../plan/logical-plan.ts";
import { projectOf } from "../plan/project-of.ts";
import type { Analysis } from "./analysis.ts";
import { analysisError } from "./analysis-error.ts";
import { coerce } from "./coerce.ts";
import { quotedName, sameName } from "./quoted-name.ts";
import { refuseMaps } from "./refuse-maps.ts";
import { type Resolved, resolvedPlan, seal, withRenamed } from "./resolved.ts";

/** UNION, INTERSECT and EXCEPT: columns by position, brought to common types. Names are those of the first child. */
export function resolveSetOperation(
  node: SetOperation,
  children: readonly Resolved[],
  analysis: Analysis,
): Resolved {
  const sides = children.map((child) => ({ plan: seal(child), columns: child.visible }));
  return combine(node, sides, children, analysis);
}

/** `unionByName`. Throws where a column is on one side only, unless those are allowed: then they are null. */
export function resolveUnionByName(
  node: UnresolvedUnion,
  left: Resolved,
  right: Resolved,
  analysis: Analysis,
): Resolved {
  refuseDuplicates(left);
  refuseDuplicates(right);
  const extra = right.visible.filter((a) => find(left.visible, a.name) === undefined);
  const first = extra.length === 0 ? null : addNulls(left, extra, analysis);
  if (extra.length > 0 && !node.allowMissingColumns) throw missingByName(extra[0], left);
  const plan = first?.plan ?? seal(left);
  const columns = first?.columns ?? left.visible;
  const second = columns.map((a) => find(right.visible, a.name) ?? nullColumn(a, analysis));
  const missing = columns.find((a) => find(right.visible, a.name) === undefined);
  if (missing !== undefined && !node.allowMissingColumns) throw missingByName(missing, right);
  const union: SetOperation = Object.freeze({
    kind: "setOperation",
    operation: "union",
    all: true,
    children: [],
    output: [],
  });
  const sides = [{ plan, columns }, sideOf(second, right.plan)];
  return combine(union, sides, [left, right], analysis);
}

interface Side {
  readonly plan: LogicalPlan;
  readonly columns: readonly Attribute[];
}

function combine(
  node: SetOperation,
  sides: readonly Side[],
  children: readonly Resolved[],
  analysis: Analysis,
): Resolved {
  const [first] = sides;
  const columns = first?.columns ?? [];
  refuseWidths(node, sides);
  if (node.operation !== "union" || !node.all) refuseMaps(sides.flatMap((side) => side.columns));
  const types = columns.map((_, i) => commonColumnType(node, sides, i, analysis));
  const output = columns.map((column, i) =>
    Object.freeze({
      ...column,
      id: analysis.freshId(),
      type: types[i] ?? column.type,
      nullable: isNullable(node, sides, i),
      qualifier: [],
    }),
  );
  const plan: SetOperation = Object.freeze({
    kind: node.kind,
    operation: node.operation,
    all: node.all,
    children: Object.freeze(sides.map((side) => widen(side, types, analysis))),
    output: Object.freeze(output),
  });
  const pairs = node.output.map((old, i) => [old.id, output[i]?.id ?? 0] as const);
  return withRenamed(resolvedPlan(plan, children, { frames: new Map() }), pairs);
}

function isNullable(node: SetOperation, sides: readonly Side[], i: number): boolean {
  const flags = sides.map((side) => side.columns[i]?.nullable ?? true);
  if (node.operation === "union") return flags.some(Boolean);
  return node.operation === "intersect" ? flags.every(Boolean) : (flags[0] ?? true);
}

function refuseWidths(node: SetOperation, sides: readonly Side[]): void {
  const width = sides[0]?.columns.length ?? 0;
  const at = sides.findIndex((side) => side.columns.length !== width);
  if (at < 0) return;
  throw analysisError(
    "NUM_COLUMNS_MISMATCH",
    "42826",
    `${node.operation.toUpperCase()} can only be performed on inputs with the same number of columns, but the first input has ${width} columns and the ${ordinal(at)} input has ${sides[at]?.columns.length ?? 0} columns.`,
  );
}

function commonColumnType(
  node: SetOperation,
  sides: readonly Side[],
  column: number,
  analysis: Analysis,
): DataType {
  const types = sides.flatMap((side) => side.columns[column]?.type ?? []);
  const common = commonType(types, analysis.settings.ansi);
  const [first] = types;
  if (common !== null) return common;
  const at = types.findIndex(
    (type) => first && commonType([first, type], analysis.settings.ansi) === null,
  );
  const wrong = types[at];
  throw analysisError(
    "INCOMPATIBLE_COLUMN_TYPE",
    "42825",
    `${node.operation.toUpperCase()} can only be performed on tables with compatible column types. The ${ordinal(column)} column of the ${ordinal(at)} table is "${wrong ? sqlType(wrong) : ""}" type which is not compatible with "${first ? sqlType(first) : ""}" at the same column of the first table.`,
  );
}

function ordinal(index: number): string {
  return ["first", "second", "third", "fourth", "fifth", "sixth"][index] ?? `${index + 1}th`;
}

function widen(side: Side, types: readonly DataType[], analysis: Analysis): LogicalPlan {
  const isWide = side.columns.every((a, i) => sameType(a.type, types[i] ?? a.type));
  if (isWide) return side.plan;
  const expressions = side.columns.map((column, i): Expression => {
    const child = coerce(column, types[i] ?? column.type, analysis);
    if (child === column) return column;
    return aliasOf(analysis.freshId(), column.name, child);
  });
  return projectOf(side.plan, expressions);
}

function find(columns: readonly Attribute[], name: string): Attribute | undefined {
  return columns.find((column) => sameName(column.name, name));
}

function addNulls(left: Resolved, extra: readonly Attribute[], analysis: Analysis): Side {
  return sideOf([...left.visible, ...extra.map((a) => nullColumn(a, analysis))], left.plan);
}

function nullColumn(like: Attribute, analysis: Analysis): Alias {
  return aliasOf(analysis.freshId(), like.name, nullLiteral(like.type));
}

function sideOf(expressions: readonly Expression[], child: LogicalPlan): Side {
  const plan = projectOf(child, expressions);
  return { plan, columns: resolvedPlan(plan, []).visible };
}

function missingByName(column: Attribute | undefined, side: Resolved): Error {
  const names = side.visible.map((a) => a.name).join(", ");
  return analysisError(
    "UNRESOLVED_COLUMN_AMONG_FIELD_NAMES",
    "42703",
    `Cannot resolve column name "${column?.name ?? ""}" among (${names}).`,
  );
}

function refuseDuplicates(side: Resolved): void {
  const duplicate = side.visible.find(
    (a, i) => side.visible.findIndex((b) => sameName(a.name, b.name)) !== i,
  );
  if (duplicate === undefined) return;
  throw analysisError(
    "COLUMN_ALREADY_EXISTS",
    "42711",
    `The column ${quotedName([duplicate.name.toLowerCase()])} already exists. Choose another name or rename the existing column.`,
  );
}
