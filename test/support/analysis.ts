import type { AnalysisSettings } from "../../src/analyzer/analysis-settings.ts";
import { analyze } from "../../src/analyzer/analyze.ts";
import type { Catalog } from "../../src/analyzer/catalog.ts";
import { simpleString } from "../../src/columnar/data-type.ts";
import { AnalysisError, TindraError } from "../../src/common/errors.ts";
import type { Literal } from "../../src/plan/expression.ts";
import { typeOf } from "../../src/plan/expression-type.ts";
import { literal } from "../../src/plan/literal.ts";
import type { LogicalPlan } from "../../src/plan/logical-plan.ts";
import { planOutput } from "../../src/plan/plan-output.ts";
import { parseSchema, parseStatement } from "../../src/sql/parse.ts";
import { attribute } from "./plans.ts";

export interface TestSettings {
  readonly ansi?: boolean;
  readonly timeZone?: string;
}

/** A catalog of tables by their schemas (`a INT, b STRING NOT NULL`) and of views by their queries, which hide tables. */
export function catalogOf(
  tables: { readonly [name: string]: string },
  views: { readonly [name: string]: LogicalPlan } = {},
): Catalog {
  const plans = new Map<string, LogicalPlan>();
  for (const [name, schema] of Object.entries(tables)) plans.set(name, tableOf(name, schema));
  for (const [name, plan] of Object.entries(views)) plans.set(name, plan);
  return {
    lookup: (parts) => plans.get((parts.at(-1) ?? "").toLowerCase()) ?? null,
    lookupFiles: (files) => {
      throw new AnalysisError({
        condition: "PATH_NOT_FOUND",
        message: `Path does not exist: ${files.paths.join(", ")}.`,
        sqlState: "42K03",
      });
    },
    tableNames: () => [...plans.keys()],
  };
}

export function tableOf(name: string, schema: string): LogicalPlan & { kind: "relation" } {
  const output = parseSchema(schema).map((f, i) => attribute(i + 1, f.name, f.type, f.nullable));
  return {
    kind: "relation",
    name,
    format: "parquet",
    output,
    files: [],
    partitionColumns: [],
    filters: [],
  };
}

export function analyzePlan(
  plan: LogicalPlan,
  catalog: Catalog,
  { ansi = true, timeZone = "UTC" }: TestSettings = {},
  evaluateConstant: AnalysisSettings["evaluateConstant"] = evaluate,
): LogicalPlan {
  return analyze(plan, catalog, {
    ansi,
    timeZone,
    groupByAliases: true,
    groupByOrdinal: true,
    orderByOrdinal: true,
    padsCharColumns: true,
    caseSensitive: false,
    now: new Date("2024-02-29T12:30:00Z"),
    evaluateConstant,
  });
}

export function analyzeSql(
  sql: string,
  catalog: Catalog,
  settings: TestSettings = {},
): LogicalPlan {
  return analyzePlan(queryOf(sql, settings), catalog, settings);
}

export function queryOf(sql: string, { timeZone = "UTC" }: TestSettings = {}): LogicalPlan {
  const statement = parseStatement(sql, { timeZone });
  if (statement.kind !== "query") throw new TypeError(`${sql} is no query`);
  return statement.plan;
}

/** `struct<a:int,b:string>`: the output of an analyzed plan. */
export function schemaOf(plan: LogicalPlan): string {
  return `struct<${planOutput(plan)
    .map((column) => `${column.name}:${simpleString(column.type)}`)
    .join(",")}>`;
}

/** The error of a query: its condition, and its position if it has one. */
export function errorOf(run: () => unknown): TindraError {
  try {
    run();
  } catch (error) {
    if (error instanceof TindraError) return error;
    throw error;
  }
  throw new TypeError("No error was thrown");
}

/** Enough of an evaluator for VALUES and LIMIT in these tests: casts of whole numbers, and sums of them. */
function evaluate(expression: Parameters<typeof typeOf>[0]): Literal {
  const type = typeOf(expression);
  if (expression.kind === "literal") return expression;
  if (expression.kind === "cast") {
    const { value } = evaluate(expression.child);
    if (value === null) return literal(type, null);
    return literal(type, type.kind === "long" ? String(value) : Number(value));
  }
  if (expression.kind === "call" && expression.name === "+") {
    const [left = 0, right = 0] = expression.args.map((arg) => Number(evaluate(arg).value));
    return literal(type, left + right);
  }
  return literal(type, null);
}
