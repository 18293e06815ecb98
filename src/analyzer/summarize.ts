import { findBuiltin } from "../builtins/registry.ts";
import { DOUBLE, STRING } from "../columnar/data-type.ts";
import { isNumeric } from "../columnar/type-class.ts";
import type { Alias, Attribute, Expression } from "../plan/expression.ts";
import { literal, nullLiteral, stringLiteral } from "../plan/literal.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { toAttribute } from "../plan/plan-output.ts";
import type { Analysis } from "./analysis.ts";
import { analysisError } from "./analysis-error.ts";
import { castOf } from "./coerce.ts";
import { callBuiltin } from "./resolve-call.ts";
import { type Resolved, resolvedPlan } from "./resolved.ts";

const PERCENT = /^(\d+(?:\.\d+)?)%$/;

/**
 * One row for each statistic: its name, then its text for each column of numbers or strings. The columns are aggregated
 * once, and the one row that makes is expanded. Throws `UNRECOGNIZED_STATISTIC`.
 */
export function summarize(
  statistics: readonly string[],
  columns: readonly Attribute[],
  child: Resolved,
  analysis: Analysis,
): Resolved {
  for (const statistic of statistics) checkStatistic(statistic);
  const summarized = columns.filter(({ type }) => isNumeric(type) || type.kind === "string");
  const output = ["summary", ...summarized.map((column) => column.name)].map((name) =>
    textColumn(name, analysis),
  );
  if (summarized.length === 0 || statistics.length === 0)
    return resolvedPlan(localRows(statistics, output), [child], { frames: new Map() });
  const aggregates: Alias[] = [];
  const projections = statistics.map((statistic) => [
    stringLiteral(statistic),
    ...summarized.map((column): Expression => {
      const value = statisticOf(statistic, column, analysis);
      if (value === null) return nullLiteral(STRING);
      const alias = aliasTo(asText(value, analysis), analysis);
      aggregates.push(alias);
      return toAttribute(alias);
    }),
  ]);
  const aggregate: LogicalPlan = Object.freeze({
    kind: "aggregate",
    grouping: [],
    aggregates: Object.freeze(aggregates),
    child: child.plan,
  });
  const plan: LogicalPlan = Object.freeze({
    kind: "expand",
    projections: Object.freeze(projections.map((cells) => Object.freeze(cells))),
    output: Object.freeze(output),
    child: aggregate,
  });
  return resolvedPlan(plan, [child], { frames: new Map() });
}

function checkStatistic(statistic: string): void {
  const isKnown = ["count", "count_distinct", "approx_count_distinct", "mean", "stddev"].includes(
    statistic,
  );
  if (isKnown || statistic === "min" || statistic === "max") return;
  const percent = PERCENT.exec(statistic)?.[1];
  if (percent === undefined || Number(percent) > 100)
    throw analysisError(
      "UNRECOGNIZED_STATISTIC",
      "42704",
      `The statistic '${statistic}' is not recognized. Valid statistics include \`count\`, \`count_distinct\`, \`approx_count_distinct\`, \`mean\`, \`stddev\`, \`min\`, \`max\`, and percentile values. Percentile must be a numeric value followed by '%', within the range 0% to 100%.`,
    );
  if (findBuiltin("percentile_approx") === undefined)
    throw analysisError(
      "UNSUPPORTED_FEATURE",
      "0A000",
      `The feature is not supported: the statistic '${statistic}' needs percentile_approx, which is not there yet; name others, as in summary("count", "mean", "max").`,
    );
}

/** Null where a column of text has none. */
function statisticOf(name: string, column: Attribute, analysis: Analysis): Expression | null {
  const call = (builtin: string, ...more: Expression[]): Expression =>
    callBuiltin(builtin, [column, ...more], analysis);
  switch (name) {
    case "count":
    case "min":
    case "max":
    case "approx_count_distinct":
      return call(name);
    case "count_distinct": {
      const count = call("count");
      return count.kind === "aggregate" ? Object.freeze({ ...count, distinct: true }) : count;
    }
    case "mean":
      return isNumeric(column.type) ? call("avg") : null;
    case "stddev":
      return isNumeric(column.type) ? call("stddev") : null;
    default: {
      const percent = Number(PERCENT.exec(name)?.[1]);
      return isNumeric(column.type)
        ? call("percentile_approx", literal(DOUBLE, percent / 100))
        : null;
    }
  }
}

function asText(value: Expression, analysis: Analysis): Expression {
  return castOf(value, { type: STRING, mode: "unset", implicit: true }, null, analysis);
}

function aliasTo(child: Expression, analysis: Analysis): Alias {
  const id = analysis.freshId();
  return Object.freeze({ kind: "alias", id, name: `statistic_${id}`, child });
}

function textColumn(name: string, analysis: Analysis): Attribute {
  return Object.freeze({
    kind: "attribute",
    id: analysis.freshId(),
    name,
    type: STRING,
    nullable: true,
    qualifier: Object.freeze([]),
  });
}

function localRows(statistics: readonly string[], output: readonly Attribute[]): LogicalPlan {
  const rows = statistics.map((statistic) =>
    Object.freeze([statistic, ...output.slice(1).map(() => null)]),
  );
  return Object.freeze({ kind: "localRelation", output: Object.freeze(output), rows });
}
