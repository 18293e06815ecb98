import type { Call, Expression } from "../expression.ts";
import { expressionChildren } from "../expression-tree.ts";
import { typeOf } from "../expression-type.ts";
import type { ColumnEstimate } from "./column-estimate.ts";
import { literalNumber } from "./literal-number.ts";
import type { ColumnEstimates } from "./selectivity.ts";
import { valueBytes } from "./value-bytes.ts";

const DAYS_A_YEAR = 365.25;

/** What is expected of a computed column. */
export function expressionColumn(
  expression: Expression,
  rows: number,
  columns: ColumnEstimates,
): ColumnEstimate {
  switch (expression.kind) {
    case "alias":
      return expressionColumn(expression.child, rows, columns);
    case "attribute":
      return columns.get(expression.id) ?? unknown(expression, rows);
    case "literal": {
      const number = literalNumber(expression.type, expression.value);
      const length = typeof expression.value === "string" ? expression.value.length : undefined;
      const bytes = valueBytes(expression.type, length);
      return {
        distinct: 1,
        domain: 1,
        kept: 1,
        nullFraction: expression.value === null ? 1 : 0,
        min: number,
        max: number,
        bytes,
      };
    }
    case "cast": {
      const child = expressionColumn(expression.child, rows, columns);
      return { ...child, min: null, max: null, bytes: valueBytes(expression.type) };
    }
    case "call":
      return callColumn(expression, rows, columns);
    case "case": {
      const results = [...expression.branches.map((b) => b.result), expression.otherwise];
      const distinct = results.reduce(
        (sum, result) => sum + (result ? expressionColumn(result, rows, columns).distinct : 0),
        0,
      );
      return { ...unknown(expression, rows), distinct: atMost(distinct, rows) };
    }
    default:
      return unknown(expression, rows);
  }
}

function callColumn(call: Call, rows: number, columns: ColumnEstimates): ColumnEstimate {
  const base = unknown(call, rows);
  const args = call.args.map((arg) => expressionColumn(arg, rows, columns));
  if (call.type.kind === "boolean") return { ...base, distinct: 2 };
  const calendar = calendarField(call, args);
  if (calendar) return { ...base, distinct: atMost(calendar, rows) };
  const distinct = args.reduce((product, arg) => product * arg.distinct, 1);
  return { ...base, distinct: atMost(distinct, rows) };
}

/** Different values of a date's part: by function name, or by EXTRACT's first argument. */
function calendarField(call: Call, args: readonly ColumnEstimate[]): number | null {
  const [field] = call.args;
  const [first, second] = args;
  if (call.name === "extract" || call.name === "date_part")
    return field?.kind === "literal" && second
      ? calendarDistinct(String(field.value).toLowerCase(), second)
      : null;
  return first ? calendarDistinct(call.name, first) : null;
}

function calendarDistinct(name: string, date: ColumnEstimate): number | null {
  const days = date.min === null || date.max === null ? null : date.max - date.min + 1;
  switch (name) {
    case "year":
      return days === null ? 50 : Math.ceil(days / DAYS_A_YEAR);
    case "month":
      return 12;
    case "quarter":
      return 4;
    case "day":
    case "dayofmonth":
      return 31;
    case "hour":
      return 24;
    case "dayofweek":
    case "weekday":
      return 7;
    default:
      return null;
  }
}

function unknown(expression: Expression, rows: number): ColumnEstimate {
  const isConstant = expressionChildren(expression).length === 0 && expression.kind === "literal";
  return {
    distinct: isConstant ? 1 : Math.max(1, rows),
    domain: Number.POSITIVE_INFINITY,
    kept: 1,
    nullFraction: 0,
    min: null,
    max: null,
    bytes: valueBytes(typeOf(expression)),
  };
}

const atMost = (distinct: number, rows: number): number =>
  Math.max(1, Math.min(distinct, Math.max(1, rows)));
