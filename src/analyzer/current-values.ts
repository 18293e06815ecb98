import { DATE, type DataType, STRING, TIMESTAMP, TIMESTAMP_NTZ } from "../columnar/data-type.ts";
import { zoneOffsetMicros } from "../columnar/datetime/time-zone.ts";
import type { Call, Expression, Literal } from "../plan/expression.ts";
import { transformExpression } from "../plan/expression-tree.ts";
import { literal } from "../plan/literal.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { mapPlanExpressions, transformPlan } from "../plan/plan-tree.ts";
import type { Position } from "../plan/position.ts";
import type { Analysis } from "./analysis.ts";
import { analysisError } from "./analysis-error.ts";
import type { AnalysisSettings } from "./analysis-settings.ts";

const TYPES: ReadonlyMap<string, DataType> = new Map([
  ["current_date", DATE],
  ["curdate", DATE],
  ["current_timestamp", TIMESTAMP],
  ["now", TIMESTAMP],
  ["localtimestamp", TIMESTAMP_NTZ],
  ["current_timezone", STRING],
]);
const WITHOUT_PARENTHESES = new Set(["current_date", "current_timestamp"]);
const PRINTED: ReadonlyMap<string, string> = new Map([["curdate", "current_date"]]);

/** A call of `now`, `current_date` and the like, by name; null for another name. */
export function currentValueOf(
  name: string,
  argumentCount: number,
  position: Position | null,
  analysis: Analysis,
): Call | null {
  const lower = name.toLowerCase();
  const type = TYPES.get(lower);
  if (type === undefined) return null;
  if (argumentCount > 0)
    throw analysisError(
      "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
      "42605",
      `The \`${lower}\` requires 0 parameters but the actual number is ${argumentCount}.`,
      position,
    );
  return Object.freeze({
    kind: "call",
    name: PRINTED.get(lower) ?? lower,
    args: [],
    type,
    nullable: false,
    ansi: analysis.settings.ansi,
  });
}

/** The same for a name without parentheses: `current_date`. */
export function currentValueCall(
  nameParts: readonly string[],
  position: Position | null,
  analysis: Analysis,
): Call | null {
  const [name = ""] = nameParts;
  if (nameParts.length !== 1 || !WITHOUT_PARENTHESES.has(name.toLowerCase())) return null;
  return currentValueOf(name, 0, position, analysis);
}

/** The plan with constants for the calls: the same instant everywhere. */
export function fixCurrentValues(plan: LogicalPlan, settings: AnalysisSettings): LogicalPlan {
  return transformPlan(plan, (node) =>
    mapPlanExpressions(node, (expression) => fixCurrentValue(expression, settings)),
  );
}

/** Puts the values of this query in place of `current_date()` and its like. */
export function fixCurrentValue(expression: Expression, settings: AnalysisSettings): Expression {
  return transformExpression(expression, (node) =>
    node.kind === "call" && node.args.length === 0 && TYPES.has(node.name)
      ? valueNow(node, settings)
      : node,
  );
}

function valueNow(call: Call, { now, timeZone }: AnalysisSettings): Literal {
  const micros = BigInt(now.getTime()) * 1000n;
  const local = micros + zoneOffsetMicros(timeZone, micros);
  switch (call.type.kind) {
    case "date":
      return literal(DATE, Math.floor(Number(local / 1000n) / 86_400_000));
    case "timestamp":
      return literal(TIMESTAMP, micros.toString());
    case "timestamp_ntz":
      return literal(TIMESTAMP_NTZ, local.toString());
    default:
      return literal(STRING, timeZone);
  }
}
