import { findBuiltin } from "../builtins/registry.ts";
import { isNested, simpleString } from "../columnar/data-type.ts";
import { sqlType } from "../columnar/sql-type.ts";
import type {
  AggregateCall,
  Call,
  Case,
  Cast,
  Expression,
  Lambda,
  LambdaVariable,
  SortOrder,
  Subquery,
  WindowCall,
  WindowSpec,
} from "./expression.ts";
import { someExpression } from "./expression-tree.ts";
import { typeOf } from "./expression-type.ts";
import { literalName, printLiteral } from "./print-literal.ts";
import { temporalName } from "./temporal-name.ts";

/** Operators that read otherwise in a plan than in a column's name. */
const IN_PLANS: { readonly [name: string]: (args: readonly string[]) => string } = {
  not: ([a]) => `NOT ${a}`,
  isnull: ([a]) => `isnull(${a})`,
  isnotnull: ([a]) => `isnotnull(${a})`,
  in: ([a, ...list]) => `${a} IN (${list.join(",")})`,
  negative: ([a]) => `-${a}`,
  positive: ([a]) => `+${a}`,
  if: ([condition, yes, no]) => `if (${condition}) ${yes} else ${no}`,
  rlike: ([a, b]) => `RLIKE(${a}, ${b})`,
};

/** Calls that read otherwise than `name(arg, …)` whatever their builtin says. */
const IN_NAMES: { readonly [name: string]: (args: readonly string[]) => string } = {
  getfield: ([base, name]) => `${base}.${name}`,
  getitem: ([base, key]) => `${base}[${key}]`,
};
const infix = (args: readonly string[], symbol: string): string => `(${args.join(` ${symbol} `)})`;
const called = (args: readonly string[], name: string): string => `${name}(${args.join(", ")})`;
/** Other names of builtins under which a call is not simply `name(arg, …)` or what the builtin says. */
const BY_ALIAS: { readonly [alias: string]: (args: readonly string[], alias: string) => string } = {
  "<<": infix,
  ">>": infix,
  ">>>": infix,
  "unary -": ([operand = ""]) => `(- ${operand})`,
  "||": (args) => called(args, "concat"),
  array_agg: (args) => called(args, "collect_list"),
  random: (args) => called(args, "rand"),
  ceiling: called,
  equal_null: called,
  datepart: ([part, source]) => `datepart(${part} FROM ${source})`,
};
/** Aggregates whose second argument, whether nulls are ignored, is not part of their name. */
const IGNORE_NULLS = new Set(["first", "first_value", "last", "last_value", "any_value"]);

/** An expression as Spark's plans print it: `(a#1 + cast(b#2 as int)) AS c#3`; unresolved names as `'a`. */
export function printExpression(expression: Expression, timeZone = "UTC"): string {
  const print = (e: Expression): string => printExpression(e, timeZone);
  switch (expression.kind) {
    case "literal":
      return printLiteral(expression, timeZone);
    case "attribute":
      return `${expression.name}#${expression.id}${longMark(expression)}`;
    case "alias":
      return `${print(expression.child)} AS ${expression.name}#${expression.id}${longMark(expression.child)}`;
    case "cast":
      return `${expression.mode === "try" ? "try_cast" : "cast"}(${print(expression.child)} as ${simpleString(expression.type)})`;
    case "call": {
      const args = expression.args.map(print);
      return IN_PLANS[expression.name]?.(args) ?? callText(expression, args);
    }
    case "case":
      return caseText(expression, print);
    case "aggregate":
      return aggregateText(expression, "distinct ", print);
    case "unresolvedAttribute":
      return `'${expression.nameParts.join(".")}`;
    case "unresolvedStar":
      return [...expression.qualifier, "*"].join(".");
    case "unresolvedCall":
      return unresolvedText(expression, print);
    default:
      return otherText(expression, print);
  }
}

/** The name that Spark gives to a column without one: `(a + 1)`, `sum(DISTINCT x)`, `CAST(a AS BIGINT)`. */
export function columnName(expression: Expression, timeZone = "UTC"): string {
  const name = (e: Expression): string => columnName(e, timeZone);
  switch (expression.kind) {
    case "literal":
      return expression.name ?? literalName(expression, timeZone);
    case "attribute":
      return expression.name;
    case "alias":
      return name(expression.child);
    case "cast": {
      if (expression.implicit || isNestedNull(expression)) return name(expression.child);
      const word = expression.mode === "try" ? "TRY_CAST" : "CAST";
      return `${word}(${name(expression.child)} AS ${sqlType(expression.type)})`;
    }
    case "call": {
      const args = expression.args.map(name);
      return temporalName(expression, args) ?? callText(expression, args);
    }
    case "case":
      return expression.name ?? caseText(expression, name);
    case "aggregate":
      return aggregateText(withoutIgnoreNulls(expression), "DISTINCT ", name);
    case "unresolvedAttribute":
      return expression.nameParts.join(".");
    case "unresolvedStar":
      return [...expression.qualifier, "*"].join(".");
    case "unresolvedCall":
      return unresolvedText(expression, name);
    default:
      return otherText(expression, name);
  }
}

/** The null of a nested type keeps no trace of its cast. */
const isNestedNull = ({ child, type }: Cast): boolean =>
  child.kind === "literal" && child.value === null && isNested(type);

/** `a#1 DESC NULLS LAST`. */
export function printSortOrder(
  order: SortOrder,
  print: (expression: Expression) => string = printExpression,
): string {
  const direction = order.ascending ? "ASC" : "DESC";
  return `${print(order.expression)} ${direction} NULLS ${order.nullsFirst ? "FIRST" : "LAST"}`;
}

function longMark(expression: Expression): string {
  if (someExpression(expression, (e) => e.kind.startsWith("unresolved"))) return "";
  return typeOf(expression).kind === "long" ? "L" : "";
}

function callText(call: Call | AggregateCall, args: readonly string[]): string {
  const { alias = "", name } = call;
  const print = IN_NAMES[name] ?? findBuiltin(name)?.print;
  return BY_ALIAS[alias]?.(args, alias) ?? print?.(args, call.type) ?? called(args, alias || name);
}

function aggregateText(
  call: AggregateCall,
  distinct: string,
  print: (e: Expression) => string,
): string {
  const args = call.args.map(print);
  const marked = call.distinct ? [`${distinct}${args[0] ?? ""}`, ...args.slice(1)] : args;
  const text = callText(call, marked);
  return call.filter ? `${text} FILTER (WHERE ${print(call.filter)})` : text;
}

function withoutIgnoreNulls(call: AggregateCall): AggregateCall {
  return IGNORE_NULLS.has(call.name) ? { ...call, args: call.args.slice(0, 1) } : call;
}

function caseText(expression: Case, print: (e: Expression) => string): string {
  const branches = expression.branches.map(
    (branch) => ` WHEN ${print(branch.when)} THEN ${print(branch.result)}`,
  );
  const otherwise = expression.otherwise ? ` ELSE ${print(expression.otherwise)}` : "";
  return `CASE${branches.join("")}${otherwise} END`;
}

function unresolvedText(
  call: Expression & { kind: "unresolvedCall" },
  print: (e: Expression) => string,
): string {
  const args = call.args.map(print);
  const marked = call.distinct ? [`distinct ${args[0] ?? ""}`, ...args.slice(1)] : args;
  const filter = call.filter ? ` FILTER (WHERE ${print(call.filter)})` : "";
  const builtin = findBuiltin(call.name);
  const byAlias = call.name === "unary -" ? BY_ALIAS[call.name] : undefined;
  const special =
    builtin?.kind === "scalar"
      ? (byAlias?.(marked, call.name) ?? builtin.print?.(marked))
      : undefined;
  return `${special ?? `'${call.name}(${marked.join(", ")})`}${filter}`;
}

function otherText(
  expression: WindowCall | Subquery | Lambda | LambdaVariable,
  print: (e: Expression) => string,
): string {
  switch (expression.kind) {
    case "window":
      return `${print(expression.call)} OVER ${windowText(expression.window, print)}`;
    case "subquery": {
      const values = expression.values.map(print).join(", ");
      if (expression.form === "in") return `(${values} IN (listquery()))`;
      return expression.form === "exists" ? "exists()" : "scalarsubquery()";
    }
    case "lambda":
      return `lambdafunction(${[print(expression.body), ...expression.parameters].join(", ")})`;
    case "lambdaVariable":
      return expression.name;
  }
}

function windowText(window: string | WindowSpec, print: (e: Expression) => string): string {
  if (typeof window === "string") return window;
  const parts: string[] = [];
  if (window.partitionBy.length > 0)
    parts.push(`PARTITION BY ${window.partitionBy.map(print).join(", ")}`);
  if (window.orderBy.length > 0)
    parts.push(
      `ORDER BY ${window.orderBy.map((order) => printSortOrder(order, print)).join(", ")}`,
    );
  return `(${parts.join(" ")})`;
}
