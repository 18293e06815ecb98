import type { Catalog } from "../../src/analyzer/catalog.ts";
import { evaluateConstant } from "../../src/exec/evaluate-constant.ts";
import { checkRule } from "../../src/optimizer/check-rule.ts";
import { optimize } from "../../src/optimizer/optimize.ts";
import { eliminateSubqueryAliases } from "../../src/optimizer/rule/eliminate-subquery-aliases.ts";
import type { Rule, RuleContext } from "../../src/optimizer/rule.ts";
import type { Attribute } from "../../src/plan/expression.ts";
import { freshIds } from "../../src/plan/fresh-ids.ts";
import type { LogicalPlan, Relation } from "../../src/plan/logical-plan.ts";
import { printPlan } from "../../src/plan/print-plan.ts";
import { parseSchema } from "../../src/sql/parse.ts";
import { analyzeSql } from "./analysis.ts";
import { attribute, type ColumnSpec, fileFacts } from "./plans.ts";

const SETTINGS = { ansi: true, timeZone: "UTC" };

export interface TableSpec {
  /** `a BIGINT NOT NULL, b STRING`. */
  readonly schema: string;
  readonly rows?: number;
  readonly columns?: { readonly [name: string]: ColumnSpec };
}

/** Tables whose columns named `…key` are unique numbers, with facts as footers have them. */
export function tables(specs: { readonly [name: string]: TableSpec }): Catalog {
  let id = 1;
  const relations = new Map<string, Relation>();
  for (const [name, spec] of Object.entries(specs)) {
    const output = parseSchema(spec.schema).map((f) => attribute(id++, f.name, f.type, f.nullable));
    relations.set(name, relationOf(name, output, spec));
  }
  return {
    lookup: (parts) => relations.get((parts.at(-1) ?? "").toLowerCase()) ?? null,
    lookupFiles: () => {
      throw new TypeError("These tests read no files");
    },
    tableNames: () => [...relations.keys()],
  };
}

function relationOf(name: string, output: readonly Attribute[], spec: TableSpec): Relation {
  const rows = spec.rows ?? 1000;
  const columns = Object.fromEntries(
    output.map((c) => [
      c.name,
      {
        ...(c.name.endsWith("key") ? { min: "1", max: String(rows) } : {}),
        ...spec.columns?.[c.name],
      },
    ]),
  );
  return {
    kind: "relation",
    name,
    format: "parquet",
    output,
    files: [fileFacts(`${name}.parquet`, output, [{ rows, columns }])],
    partitionColumns: [],
    filters: [],
  };
}

/** t and u have the same shape: a unique key, numbers that may be null, a text, a decimal, a date. */
const SHAPE = "key BIGINT NOT NULL, a INT, b INT, s STRING, d DECIMAL(15,2), f DOUBLE, day DATE";
export const TABLES: Catalog = tables({ t: { schema: SHAPE }, u: { schema: SHAPE } });

export function analyzed(sql: string, catalog: Catalog = TABLES): LogicalPlan {
  return eliminateSubqueryAliases.apply(analyzeSql(sql, catalog), contextFor());
}

/** What becomes of a query's plan by some rules, one after the other, printed without ids. */
export function rewritten(
  sql: string,
  rules: Rule | readonly Rule[],
  catalog: Catalog = TABLES,
): string {
  const before = analyzed(sql, catalog);
  const context = contextFor(before);
  const list = Array.isArray(rules) ? (rules as readonly Rule[]) : [rules as Rule];
  return printed(list.reduce((plan, rule) => applied(plan, rule, context), before));
}

/** True if a rule leaves a query's plan the very object that it is. */
export function leaves(sql: string, rule: Rule, catalog: Catalog = TABLES): boolean {
  const before = analyzed(sql, catalog);
  return rule.apply(before, contextFor(before)) === before;
}

export function optimized(
  sql: string,
  catalog: Catalog = TABLES,
  excludedRules: readonly string[] = [],
): LogicalPlan {
  return optimize(analyzeSql(sql, catalog), {
    settings: { excludedRules },
    evaluateConstant: (e) => evaluateConstant(e, SETTINGS),
  });
}

/** A plan without the ids and the rest that no test of a rule is about. */
export function printed(plan: LogicalPlan): string {
  return printPlan(plan)
    .replace(/#\d+L?/g, "")
    .replaceAll("] parquet", "]");
}

function applied(plan: LogicalPlan, rule: Rule, context: RuleContext): LogicalPlan {
  const result = rule.apply(plan, context);
  if (result !== plan) checkRule(rule.name, plan, result);
  return result;
}

function contextFor(plan?: LogicalPlan): RuleContext {
  return {
    freshId: plan ? freshIds(plan) : () => 0,
    evaluateConstant: (e) => evaluateConstant(e, SETTINGS),
    timeZone: "UTC",
    nowMs: Date.UTC(2024, 1, 29, 13),
    broadcastThresholdBytes: 64 * 1024 * 1024,
    parallelism: 2,
  };
}

/** The lines of a printed plan. */
export function tree(...lines: readonly string[]): string {
  return lines.join("\n");
}
