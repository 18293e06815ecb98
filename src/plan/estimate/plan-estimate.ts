import { assert } from "../../common/assert.ts";
import { columnComparison } from "../column-comparison.ts";
import { conjunctsOf } from "../conjuncts.ts";
import type { Attribute, Expression } from "../expression.ts";
import type { Aggregate, LogicalPlan, SetOperation } from "../logical-plan.ts";
import { planOutput, toAttribute } from "../plan-output.ts";
import type { ColumnEstimate } from "./column-estimate.ts";
import { estimateJoin } from "./estimate-join.ts";
import { expressionColumn } from "./expression-column.ts";
import { literalNumber } from "./literal-number.ts";
import { relationColumn } from "./relation-columns.ts";
import { type ColumnEstimates, selectivity } from "./selectivity.ts";
import { valueBytes } from "./value-bytes.ts";

/** What is expected of a plan's rows, from the footers of its files. */
export interface PlanEstimate {
  readonly rows: number;
  readonly columns: ColumnEstimates;
}

const known = new WeakMap<LogicalPlan, PlanEstimate>();

/** Expected rows and columns of an analyzed plan. Remembered by plan, which is frozen. */
export function estimatePlan(plan: LogicalPlan): PlanEstimate {
  const before = known.get(plan);
  if (before) return before;
  const estimate = compute(plan);
  known.set(plan, estimate);
  return estimate;
}

/** Bytes in memory that `rows` rows of the attributes are expected to take. */
export function estimateBytes(
  attributes: readonly Attribute[],
  rows: number,
  columns: ColumnEstimates,
): number {
  return (
    rows * attributes.reduce((sum, a) => sum + (columns.get(a.id)?.bytes ?? valueBytes(a.type)), 0)
  );
}

/** Bytes in memory that a plan's rows are expected to take. */
export function estimatePlanBytes(plan: LogicalPlan): number {
  const { rows, columns } = estimatePlan(plan);
  return estimateBytes(planOutput(plan), rows, columns);
}

function compute(plan: LogicalPlan): PlanEstimate {
  switch (plan.kind) {
    case "relation": {
      const rows = plan.files.reduce((sum, file) => sum + file.rows, 0);
      const columns = new Map(plan.output.map((a) => [a.id, relationColumn(plan, a)]));
      return filtered({ rows, columns }, plan.filters);
    }
    case "localRelation":
      return uniform(plan.output, plan.rows.length);
    case "range":
      return uniform(plan.output, rangeRows(plan.start, plan.end, plan.step));
    case "project": {
      const child = estimatePlan(plan.child);
      return { rows: child.rows, columns: computed(plan.expressions, child) };
    }
    case "filter":
      return filtered(estimatePlan(plan.child), conjunctsOf(plan.condition));
    case "aggregate":
      return aggregated(plan);
    case "join":
      return estimateJoin(plan, estimatePlan(plan.left), estimatePlan(plan.right));
    case "sort":
      return estimatePlan(plan.child);
    case "limit":
      return withRows(estimatePlan(plan.child), (rows) => Math.min(rows, count(plan.count, rows)));
    case "offset":
      return withRows(estimatePlan(plan.child), (rows) => Math.max(0, rows - count(plan.count, 0)));
    case "distinct": {
      const child = estimatePlan(plan.child);
      const output = planOutput(plan.child);
      return withRows(child, (rows) => groupRows(output, rows, child.columns));
    }
    case "setOperation":
      return combined(plan);
    case "expand": {
      const child = estimatePlan(plan.child);
      const rows = child.rows * plan.projections.length;
      const columns = plan.output.map((a, i): [number, ColumnEstimate] => {
        const source = plan.projections.map((p) => p[i]).find((e) => e && e.kind !== "literal");
        if (source) return [a.id, expressionColumn(source, rows, child.columns)];
        return [a.id, { ...unknownColumn(a, rows), distinct: plan.projections.length }];
      });
      return { rows, columns: new Map(columns) };
    }
    case "subqueryAlias":
      return estimatePlan(plan.child);
    default:
      assert(false, `An unresolved plan was estimated: ${plan.kind}`);
      return { rows: 0, columns: new Map() };
  }
}

function filtered(estimate: PlanEstimate, conjuncts: readonly Expression[]): PlanEstimate {
  if (conjuncts.length === 0) return estimate;
  const all = conjuncts.reduce((left, right) => ({
    kind: "call",
    name: "and",
    args: [left, right],
    type: { kind: "boolean" },
    nullable: true,
    ansi: true,
  }));
  const rows = estimate.rows * selectivity(all, estimate.columns);
  const columns = new Map(estimate.columns);
  for (const conjunct of conjuncts) narrow(conjunct, columns);
  for (const [id, column] of columns) {
    const distinct = remaining(column.distinct, estimate.rows, rows);
    if (distinct < column.distinct) columns.set(id, { ...column, distinct });
  }
  return { rows, columns };
}

/** How many of `distinct` values evenly spread over `before` rows are left in `after` of them. */
function remaining(distinct: number, before: number, after: number): number {
  if (after >= before || before === 0) return distinct;
  const rowsEach = before / distinct;
  return Math.max(1, Math.min(after, distinct * (1 - (1 - after / before) ** rowsEach)));
}

function narrow(conjunct: Expression, columns: Map<number, ColumnEstimate>): void {
  const comparison = columnComparison(conjunct);
  const column = comparison && columns.get(comparison.column.id);
  if (!comparison || !column) return;
  const value = literalNumber(comparison.literal.type, comparison.literal.value);
  const { operator } = comparison;
  if (operator === "=" || operator === "<=>") {
    const kept = column.kept / column.distinct;
    columns.set(comparison.column.id, { ...column, distinct: 1, kept, min: value, max: value });
    return;
  }
  if (value === null || column.min === null || column.max === null) return;
  const min = operator === ">" || operator === ">=" ? Math.max(column.min, value) : column.min;
  const max = operator === "<" || operator === "<=" ? Math.min(column.max, value) : column.max;
  if (max < min) return;
  const width = column.max - column.min;
  const fraction = width === 0 ? 1 : (max - min) / width;
  const distinct = Math.max(1, column.distinct * fraction);
  const kept = column.kept * (distinct / column.distinct);
  columns.set(comparison.column.id, { ...column, min, max, distinct, kept });
}

function aggregated(plan: Aggregate): PlanEstimate {
  const child = estimatePlan(plan.child);
  const rows = plan.grouping.length === 0 ? 1 : groupRows(plan.grouping, child.rows, child.columns);
  const columns = new Map<number, ColumnEstimate>();
  for (const expression of plan.aggregates) {
    const column = expressionColumn(expression, child.rows, child.columns);
    const distinct = isCount(expression) ? countDistinct(child.rows, rows) : column.distinct;
    columns.set(toAttribute(expression).id, { ...column, distinct: Math.min(distinct, rows) });
  }
  return { rows, columns };
}

const isCount = (expression: Expression): boolean =>
  expression.kind === "alias" &&
  expression.child.kind === "aggregate" &&
  expression.child.name === "count";

/** Counts of groups lie around the average, so there are about as many different ones as a few times that. */
const countDistinct = (rows: number, groups: number): number => Math.max(2, (4 * rows) / groups);

/** Groups of rows with equal values of all the expressions. */
function groupRows(
  grouping: readonly Expression[],
  rows: number,
  columns: ColumnEstimates,
): number {
  const product = grouping.reduce(
    (groups, e) => groups * expressionColumn(e, rows, columns).distinct,
    1,
  );
  return Math.max(1, Math.min(product, rows));
}

function combined(plan: SetOperation): PlanEstimate {
  const children = plan.children.map(estimatePlan);
  const sum = children.reduce((rows, child) => rows + child.rows, 0);
  const rows = plan.operation === "union" ? sum : (children[0]?.rows ?? 0);
  const outputs = plan.children.map(planOutput);
  const columns = plan.output.map((attribute, i): [number, ColumnEstimate] => {
    const parts = outputs.flatMap(
      (output, c) => children[c]?.columns.get(output[i]?.id ?? -1) ?? [],
    );
    const distinct = parts.reduce((total, part) => total + part.distinct, 0);
    return [
      attribute.id,
      { ...unknownColumn(attribute, rows), distinct: Math.max(1, Math.min(distinct, rows)) },
    ];
  });
  return { rows, columns: new Map(columns) };
}

function computed(expressions: readonly Expression[], child: PlanEstimate): ColumnEstimates {
  return new Map(
    expressions.map((e) => [toAttribute(e).id, expressionColumn(e, child.rows, child.columns)]),
  );
}

function uniform(output: readonly Attribute[], rows: number): PlanEstimate {
  return { rows, columns: new Map(output.map((a) => [a.id, unknownColumn(a, rows)])) };
}

function unknownColumn(attribute: Attribute, rows: number): ColumnEstimate {
  const bytes = valueBytes(attribute.type);
  return {
    distinct: Math.max(1, rows),
    domain: Number.POSITIVE_INFINITY,
    kept: 1,
    nullFraction: 0,
    min: null,
    max: null,
    bytes,
  };
}

function withRows(estimate: PlanEstimate, change: (rows: number) => number): PlanEstimate {
  const rows = change(estimate.rows);
  const columns = new Map<number, ColumnEstimate>();
  for (const [id, column] of estimate.columns)
    columns.set(id, { ...column, distinct: Math.max(1, Math.min(column.distinct, rows)) });
  return { rows, columns };
}

function rangeRows(start: string, end: string, step: string): number {
  return Math.max(0, Math.ceil((Number(end) - Number(start)) / Number(step)));
}

function count(expression: Expression, otherwise: number): number {
  return expression.kind === "literal" && expression.value !== null
    ? Number(expression.value)
    : otherwise;
}
