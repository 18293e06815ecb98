import type { Attribute, Expression } from "./expression.ts";
import { literal } from "./literal.ts";
import type { Join, LogicalPlan, Relation } from "./logical-plan.ts";
import { planChildren } from "./plan-tree.ts";
import { printExpression, printSortOrder } from "./print-expression.ts";
import { printLiteral } from "./print-literal.ts";

const JOIN_NAMES: Record<Join["type"], string> = {
  inner: "Inner",
  left: "LeftOuter",
  right: "RightOuter",
  full: "FullOuter",
  semi: "LeftSemi",
  anti: "LeftAnti",
  cross: "Cross",
};
/** Spark's explain cuts longer lists of columns: `spark.sql.debug.maxToStringFields`. */
const MAX_FIELDS = 25;

/** A logical plan as Spark's tree string: one node a line, children indented under it. No line end at the end. */
export function printPlan(plan: LogicalPlan, timeZone = "UTC"): string {
  return treeLines(plan, timeZone).join("\n");
}

/** One node without its children, as a line of `printPlan`. */
export function printPlanNode(plan: LogicalPlan, timeZone = "UTC"): string {
  const print = (e: Expression): string => printExpression(e, timeZone);
  switch (plan.kind) {
    case "project":
      return `Project ${list(plan.expressions, print)}`;
    case "filter":
      return `Filter ${print(plan.condition)}`;
    case "unresolvedHaving":
      return `'UnresolvedHaving ${print(plan.condition)}`;
    case "aggregate": {
      const grouping = plan.grouping.length === 0 ? "" : `${list(plan.grouping, print)}, `;
      return `Aggregate ${grouping}${list(plan.aggregates, print)}`;
    }
    case "join":
      return joinLine(plan, print);
    case "sort":
      return `Sort [${plan.orders.map((order) => printSortOrder(order, print)).join(", ")}], true`;
    case "offset":
      return `Offset ${print(plan.count)}`;
    case "limit":
      return `GlobalLimit ${print(plan.count)}`;
    case "distinct":
      return "Distinct";
    case "setOperation":
      return setOperationLine(plan);
    case "expand":
      return `Expand [${plan.projections.map((p) => list(p, print)).join(", ")}], ${attributes(plan.output)}`;
    case "subqueryAlias":
      return plan.dataFrame === undefined ? `SubqueryAlias ${plan.alias}` : "DataFrame";
    case "relation":
    case "localRelation":
    case "range":
      return leafLine(plan, print, timeZone);
    default:
      return unresolvedLine(plan, print);
  }
}

function treeLines(plan: LogicalPlan, timeZone: string): readonly string[] {
  const below = childLines(plan, timeZone);
  if (plan.kind === "limit") {
    const count = printExpression(plan.count, timeZone);
    return twoNodes(`GlobalLimit ${count}`, `LocalLimit ${count}`, below);
  }
  if (plan.kind === "setOperation" && plan.operation === "union" && !plan.all)
    return twoNodes("Distinct", "Union false, false", below);
  return [printPlanNode(plan, timeZone), ...below];
}

function childLines(plan: LogicalPlan, timeZone: string): readonly string[] {
  const children = planChildren(plan);
  return children.flatMap((child, i) => {
    const last = i === children.length - 1;
    return indent(treeLines(child, timeZone), last ? "+- " : ":- ", last ? "   " : ":  ");
  });
}

/** Spark has two nodes where we have one. */
function twoNodes(first: string, second: string, below: readonly string[]): readonly string[] {
  return [first, ...indent([second, ...below], "+- ", "   ")];
}

function indent(lines: readonly string[], first: string, rest: string): readonly string[] {
  return lines.map((line, i) => (i === 0 ? first : rest) + line);
}

function joinLine(plan: Join, print: (e: Expression) => string): string {
  const name = JOIN_NAMES[plan.type];
  if (plan.using === "natural") return `'Join NaturalJoin(${name})`;
  if (plan.using !== null) return `'Join UsingJoin(${name}, [${plan.using.join(", ")}])`;
  const condition = plan.condition === null ? "" : `, ${print(plan.condition)}`;
  const hint =
    plan.hint === null
      ? ""
      : `, ${plan.hint === "broadcastLeft" ? "leftHint" : "rightHint"}=(strategy=broadcast)`;
  return `Join ${name}${condition}${hint}`;
}

function setOperationLine(plan: LogicalPlan & { kind: "setOperation" }): string {
  switch (plan.operation) {
    case "union":
      return "Union false, false";
    case "intersect":
      return `Intersect ${plan.all ? "All true" : "false"}`;
    case "except":
      return `Except ${plan.all ? "All true" : "false"}`;
  }
}

function leafLine(
  plan: LogicalPlan & { kind: "relation" | "localRelation" | "range" },
  print: (e: Expression) => string,
  timeZone: string,
): string {
  if (plan.kind === "relation") return `${relationLine(plan)}${filters(plan, print)}`;
  if (plan.kind === "range") return `Range (${plan.start}, ${plan.end}, step=${plan.step})`;
  if (plan.output.length === 0 && plan.rows.length === 1) return "OneRowRelation";
  const rows = plan.rows.slice(0, MAX_FIELDS).map((row) => {
    const cells = row.map((value, i) => {
      const type = plan.output[i]?.type;
      return type ? printLiteral(literal(type, value), timeZone) : "";
    });
    return `[${cells.join(",")}]`;
  });
  return `LocalRelation ${attributes(plan.output)}${rows.length === 0 ? "" : `, [${rows.join(",")}]`}`;
}

function relationLine(plan: Relation): string {
  return `Relation [${shorten(plan.output.map((a) => printExpression(a))).join(",")}] ${plan.format}`;
}

function filters(plan: Relation, print: (e: Expression) => string): string {
  if (plan.filters.length === 0) return "";
  return `, filters: [${plan.filters.map(print).join(", ")}]`;
}

function unresolvedLine(plan: LogicalPlan, print: (e: Expression) => string): string {
  switch (plan.kind) {
    case "unresolvedRelation":
      return `'UnresolvedRelation [${plan.nameParts.join(", ")}], [], false`;
    case "unresolvedFiles":
      return `'UnresolvedFiles ${plan.format} [${plan.paths.join(", ")}]`;
    case "inlineTable":
      return `'UnresolvedInlineTable [${plan.columns.join(", ")}], [${plan.rows.map((row) => list(row, print)).join(", ")}]`;
    case "with":
      return `CTE [${plan.relations.map((r) => r.name).join(", ")}]`;
    case "withWindows":
      return `'WithWindowDefinition [${plan.windows.map((w) => w.name).join(", ")}]`;
    case "deduplicate":
      return `'Deduplicate [${plan.columns.join(", ")}]`;
    case "withColumns":
      return `'WithColumns ${list(plan.columns, print)}`;
    case "dropColumns":
      return `'DropColumns ${list(plan.columns, print)}`;
    case "renameColumns":
      return `'RenameColumns [${(plan.all ?? plan.renames?.map((r) => `${r.from} AS ${r.to}`) ?? []).join(", ")}]`;
    case "byColumnType":
      return `'${plan.work.kind.replace(/^./, (letter) => letter.toUpperCase())}`;
    case "unresolvedUnion":
      return `'UnionByName ${plan.allowMissingColumns}`;
    default:
      return plan.kind;
  }
}

function list(expressions: readonly Expression[], print: (e: Expression) => string): string {
  return `[${shorten(expressions.map(print)).join(", ")}]`;
}

function attributes(output: readonly Attribute[]): string {
  return `[${shorten(output.map((a) => printExpression(a))).join(", ")}]`;
}

function shorten(texts: readonly string[]): readonly string[] {
  if (texts.length <= MAX_FIELDS) return texts;
  const kept = MAX_FIELDS - 1;
  return [...texts.slice(0, kept), `... ${texts.length - kept} more fields`];
}
