import { type DataType, simpleString } from "../../src/columnar/data-type.ts";
import type { Expression, FrameBound, SortOrder, WindowSpec } from "../../src/plan/expression.ts";
import type { LogicalPlan } from "../../src/plan/logical-plan.ts";
import { planChildren } from "../../src/plan/plan-tree.ts";

/** An unresolved plan in few words: a node a line, children indented, expressions as `(builtin arg …)`. */
export function compactPlan(plan: LogicalPlan): string {
  return lines(plan).join("\n");
}

/** An unresolved expression: `a.b`, `1:int`, `(+ a 1:int)`, `cast(a as int)`. */
export function compactExpression(expression: Expression): string {
  switch (expression.kind) {
    case "literal":
      return `${JSON.stringify(expression.value)}:${simpleString(expression.type)}`;
    case "alias":
      return `${compactExpression(expression.child)} AS ${expression.name}`;
    case "cast":
      return `${castWord(expression.mode)}(${compactExpression(expression.child)} as ${typeText(expression.type)})`;
    case "case":
      return caseText(expression);
    case "unresolvedAttribute":
      return expression.nameParts.map(quoteName).join(".");
    case "unresolvedStar": {
      const except = expression.except.map((parts) => parts.join("."));
      const star = [...expression.qualifier, "*"].join(".");
      return except.length === 0 ? star : `${star} except(${except.join(" ")})`;
    }
    case "unresolvedCall":
      return callText(expression);
    case "window":
      return `${compactExpression(expression.call)} over ${windowText(expression.window)}`;
    case "lambda":
      return `(${expression.parameters.join(" ")}) -> ${compactExpression(expression.body)}`;
    case "subquery":
      return subqueryText(expression);
    default:
      return expression.kind;
  }
}

function castWord(mode: string): string {
  return mode === "unset" ? "cast" : `${mode}_cast`;
}

function typeText(type: DataType): string {
  return simpleString(type);
}

function quoteName(name: string): string {
  return /^\w+$/.test(name) ? name : `\`${name}\``;
}

function caseText(expression: Expression & { kind: "case" }): string {
  const branches = expression.branches.map(
    ({ when, result }) => `when ${compactExpression(when)} then ${compactExpression(result)}`,
  );
  const otherwise =
    expression.otherwise === null ? [] : [`else ${compactExpression(expression.otherwise)}`];
  return `(case ${[...branches, ...otherwise].join(" ")})`;
}

function callText(call: Expression & { kind: "unresolvedCall" }): string {
  const words = [
    call.name,
    ...(call.distinct ? ["distinct"] : []),
    ...call.args.map(compactExpression),
    ...(call.ignoreNulls ? ["ignore-nulls"] : []),
    ...(call.filter === null ? [] : [`filter ${compactExpression(call.filter)}`]),
  ];
  return `(${words.join(" ")})`;
}

function subqueryText(expression: Expression & { kind: "subquery" }): string {
  const values = expression.values.map(compactExpression).join(" ");
  const plan = compactPlan(expression.plan).replace(/\n\s*/g, " <- ");
  return `${expression.form}${values === "" ? "" : `[${values}]`}{${plan}}`;
}

function windowText(window: string | WindowSpec): string {
  if (typeof window === "string") return window;
  const parts = [
    window.partitionBy.length === 0
      ? ""
      : `partition ${window.partitionBy.map(compactExpression).join(" ")}`,
    window.orderBy.length === 0 ? "" : `order ${window.orderBy.map(orderText).join(" ")}`,
    window.frame === null
      ? ""
      : `${window.frame.unit} ${boundText(window.frame.start)}..${boundText(window.frame.end)}`,
  ];
  return `[${parts.filter((part) => part !== "").join(" ")}]`;
}

function boundText(bound: FrameBound): string {
  return "offset" in bound ? `${bound.kind} ${compactExpression(bound.offset)}` : bound.kind;
}

function orderText(order: SortOrder): string {
  const nulls = order.nullsFirst ? "nulls-first" : "nulls-last";
  return `${compactExpression(order.expression)} ${order.ascending ? "asc" : "desc"} ${nulls}`;
}

function lines(plan: LogicalPlan): readonly string[] {
  const nested = plan.kind === "with" ? [plan.child] : planChildren(plan);
  return [nodeLine(plan), ...nested.flatMap((child) => lines(child).map((line) => `  ${line}`))];
}

function nodeLine(plan: LogicalPlan): string {
  switch (plan.kind) {
    case "project":
      return `project ${list(plan.expressions)}`;
    case "filter":
      return `filter ${compactExpression(plan.condition)}`;
    case "unresolvedHaving":
      return `having ${compactExpression(plan.condition)}`;
    case "aggregate":
      return `aggregate by ${list(plan.grouping)} ${list(plan.aggregates)}`;
    case "sort":
      return `sort ${plan.orders.map(orderText).join(", ")}`;
    case "limit":
    case "offset":
      return `${plan.kind} ${compactExpression(plan.count)}`;
    case "join":
      return joinLine(plan);
    case "setOperation":
      return `${plan.operation}${plan.all ? " all" : ""}`;
    case "subqueryAlias":
      return `alias ${plan.alias}${plan.columns.length === 0 ? "" : `(${plan.columns.join(", ")})`}`;
    case "with":
      return withLine(plan);
    case "withWindows":
      return `windows ${plan.windows.map(({ name, spec }) => `${name} = ${windowText(spec)}`).join(", ")}`;
    default:
      return leafLine(plan);
  }
}

function joinLine(plan: LogicalPlan & { kind: "join" }): string {
  const using = typeof plan.using === "string" ? " natural" : usingText(plan.using);
  const on = plan.condition === null ? "" : ` on ${compactExpression(plan.condition)}`;
  return `${plan.type} join${using}${on}${plan.hint === null ? "" : ` hint ${plan.hint}`}`;
}

function usingText(using: readonly string[] | null): string {
  return using === null ? "" : ` using(${using.join(", ")})`;
}

function withLine(plan: LogicalPlan & { kind: "with" }): string {
  const relations = plan.relations.map(({ name, columns, plan: body }) => {
    const names = columns.length === 0 ? "" : `(${columns.join(", ")})`;
    return `${name}${names} = {${compactPlan(body).replace(/\n\s*/g, " <- ")}}`;
  });
  return `with${plan.recursive ? " recursive" : ""} ${relations.join(", ")}`;
}

function leafLine(plan: LogicalPlan): string {
  switch (plan.kind) {
    case "unresolvedRelation":
      return `table ${plan.nameParts.map(quoteName).join(".")}`;
    case "unresolvedFiles":
      return `files ${plan.format} ${plan.paths.join(", ")}${optionsText(plan.options)}`;
    case "inlineTable":
      return `values (${plan.columns.join(", ")}) ${plan.rows.map(list).join(", ")}`;
    case "range":
      return `range ${plan.start} ${plan.end} ${plan.step}`;
    case "localRelation":
      return `rows ${plan.rows.length}`;
    default:
      return plan.kind;
  }
}

function optionsText(options: { readonly [key: string]: string }): string {
  return Object.keys(options).length === 0 ? "" : ` ${JSON.stringify(options)}`;
}

function list(expressions: readonly Expression[]): string {
  return `[${expressions.map(compactExpression).join(", ")}]`;
}
