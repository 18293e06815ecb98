import { type ColumnComparison, columnComparison } from "../column-comparison.ts";
import { conjunctsOf, flattenCalls } from "../conjuncts.ts";
import type { Attribute, Call, Expression } from "../expression.ts";
import type { ColumnEstimate } from "./column-estimate.ts";
import { literalNumber } from "./literal-number.ts";

/** Estimates of columns by attribute id. */
export type ColumnEstimates = ReadonlyMap<number, ColumnEstimate>;

const UNKNOWN = 0.25;
const UNKNOWN_RANGE = 1 / 3;
const CONTAINS = 0.1;
const STARTS_WITH = 0.05;
const SMALLEST = 1e-9;

/** The expected fraction of rows, between 0 and 1, for which a condition is true. */
export function selectivity(condition: Expression, columns: ColumnEstimates): number {
  const ranges = new Map<number, ColumnComparison[]>();
  let product = 1;
  for (const conjunct of conjunctsOf(condition)) {
    const comparison = columnComparison(withoutCasts(conjunct));
    if (comparison && comparison.operator !== "=" && comparison.operator !== "<=>") {
      const { id } = comparison.column;
      ranges.set(id, [...(ranges.get(id) ?? []), comparison]);
    } else product *= single(conjunct, columns);
  }
  for (const comparisons of ranges.values()) product *= rangeFraction(comparisons, columns);
  return clamp(product);
}

function single(condition: Expression, columns: ColumnEstimates): number {
  const expression = withoutCasts(condition);
  if (expression.kind === "literal") return expression.value === true ? 1 : SMALLEST;
  if (expression.kind !== "call") return UNKNOWN;
  switch (expression.name) {
    case "or":
      return flattenCalls("or", expression).reduce((sum, alternative) => {
        const fraction = selectivity(alternative, columns);
        return sum + fraction - sum * fraction;
      }, 0);
    case "not":
      return expression.args[0] ? 1 - selectivity(expression.args[0], columns) : UNKNOWN;
    case "isnull":
      return nullFraction(expression, columns);
    case "isnotnull":
      return 1 - nullFraction(expression, columns);
    case "in":
      return inFraction(expression, columns);
    case "like":
    case "ilike":
    case "rlike":
    case "contains":
    case "endswith":
      return CONTAINS;
    case "startswith":
      return STARTS_WITH;
    case "=":
    case "<=>":
      return equalFraction(expression, columns);
    case "<":
    case "<=":
    case ">":
    case ">=":
      return UNKNOWN_RANGE;
    default:
      return UNKNOWN;
  }
}

function nullFraction(call: Call, columns: ColumnEstimates): number {
  const [arg] = call.args;
  return (arg && columnOf(arg, columns)?.nullFraction) ?? UNKNOWN;
}

function inFraction(call: Call, columns: ColumnEstimates): number {
  const [value, ...list] = call.args;
  const distinct = (value && columnOf(value, columns)?.distinct) ?? 10;
  return Math.min(1, list.length / distinct);
}

function equalFraction(call: Call, columns: ColumnEstimates): number {
  const comparison = columnComparison(call);
  if (!comparison) {
    const distincts = call.args.map((arg) => columnOf(arg, columns)?.distinct ?? 10);
    return 1 / Math.max(...distincts);
  }
  const column = columns.get(comparison.column.id);
  if (!column) return 0.1;
  const value = literalNumber(comparison.literal.type, comparison.literal.value);
  const outside =
    value !== null &&
    column.min !== null &&
    column.max !== null &&
    (value < column.min || value > column.max);
  return outside ? SMALLEST : (1 - column.nullFraction) / column.distinct;
}

function rangeFraction(comparisons: readonly ColumnComparison[], columns: ColumnEstimates): number {
  const column = columns.get(comparisons[0]?.column.id ?? -1);
  if (!column || column.min === null || column.max === null)
    return UNKNOWN_RANGE ** Math.min(2, comparisons.length);
  const step = (column.max - column.min) / Math.max(1, column.distinct - 1);
  let low = column.min;
  let high = column.max;
  for (const { operator, literal } of comparisons) {
    const value = literalNumber(literal.type, literal.value);
    if (value === null) return literal.value === null ? SMALLEST : UNKNOWN_RANGE;
    if (operator === ">") low = Math.max(low, value + step);
    else if (operator === ">=") low = Math.max(low, value);
    else if (operator === "<") high = Math.min(high, value - step);
    else high = Math.min(high, value);
  }
  if (high < low) return SMALLEST;
  const width = column.max - column.min + step;
  return width === 0 ? 1 : ((high - low + step) / width) * (1 - column.nullFraction);
}

function columnOf(expression: Expression, columns: ColumnEstimates): ColumnEstimate | undefined {
  const inner = stripCast(expression);
  return inner.kind === "attribute" ? columns.get(inner.id) : undefined;
}

/** Comparisons of a cast column are judged as if the column were compared: bounds are numbers either way. */
function withoutCasts(expression: Expression): Expression {
  if (expression.kind !== "call") return expression;
  const args = expression.args.map(stripCast);
  return args.every((arg, i) => arg === expression.args[i]) ? expression : { ...expression, args };
}

function stripCast(expression: Expression): Expression {
  return expression.kind === "cast" && castAttribute(expression.child)
    ? expression.child
    : expression;
}

const castAttribute = (child: Expression): child is Attribute =>
  child.kind === "attribute" && child.type.kind !== "string" && child.type.kind !== "date";

const clamp = (fraction: number): number => Math.min(1, Math.max(SMALLEST, fraction));
