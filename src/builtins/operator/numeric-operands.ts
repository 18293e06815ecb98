import { type DataType, DOUBLE, isNested, LONG, sameType } from "../../columnar/data-type.ts";
import { isIntegral, isInterval, isNumeric } from "../../columnar/type-class.ts";
import type { Argument, ResolveContext } from "../builtin.ts";
import { tightestCommonType } from "../coercion.ts";
import { decimalForIntegral, decimalForLiteral } from "../decimal/decimal-types.ts";
import { differentOperands, wrongOperands } from "../type-mismatch.ts";

/** What arithmetic requires, as Spark's messages list it. */
export const NUMERIC_OR_INTERVAL =
  '("NUMERIC" or "INTERVAL DAY TO SECOND" or "INTERVAL YEAR TO MONTH" or "INTERVAL")';

type Pair = readonly [DataType, DataType];

/**
 * The types to which two operands of an arithmetic operator are cast: equal, except that two decimals keep their own.
 * `required` is told where the operands are of a type the operator does not take.
 */
export function numericOperands(
  args: readonly Argument[],
  context: ResolveContext,
  print: (args: readonly string[]) => string,
  required: string,
): Pair {
  const [left, right] = args as readonly [Argument, Argument];
  const types = withoutStrings(left.type, right.type, context.ansi);
  const pair =
    types && (withoutNulls(types) ?? decimalPair(left, right, types) ?? widerPair(types, context));
  if (pair) return pair;
  throw operandError(args, context, print, required);
}

/** Which of Spark's two complaints fits: a text beside another type counts as that type. */
export function operandError(
  args: readonly Argument[],
  context: ResolveContext,
  print: (args: readonly string[]) => string,
  required: string,
): Error {
  const [left, right] = args as readonly [Argument, Argument];
  if (sameType(left.type, right.type)) return wrongOperands(args, print, required, left.type);
  const text = [left, right].find(({ type }) => type.kind === "string");
  const other = (text === left ? right : left).type;
  const asOther =
    text && !isInterval(other) && !isNested(other) && (context.ansi || other.kind === "null");
  return asOther
    ? wrongOperands(args, print, required, other.kind === "null" ? text.type : other)
    : differentOperands(args, print);
}

function withoutStrings(left: DataType, right: DataType, ansi: boolean): Pair | null {
  if (left.kind !== "string" && right.kind !== "string") return [left, right];
  if (!ansi) return [left, right].every(acceptsText) ? [DOUBLE, DOUBLE] : null;
  const other = left.kind === "string" ? right : left;
  if (!isNumeric(other)) return null;
  return isIntegral(other) ? [LONG, LONG] : [DOUBLE, DOUBLE];
}

function acceptsText(type: DataType): boolean {
  return type.kind === "string" || type.kind === "null" || isNumeric(type);
}

function withoutNulls([left, right]: Pair): Pair | null {
  if (left.kind === "null" && right.kind === "null") return [DOUBLE, DOUBLE];
  if (left.kind === "null" && isNumeric(right)) return [right, right];
  return right.kind === "null" && isNumeric(left) ? [left, left] : null;
}

function decimalPair(left: Argument, right: Argument, [a, b]: Pair): Pair | null {
  if (a.kind !== "decimal" && b.kind !== "decimal") return null;
  const first = asDecimal(left, a);
  const second = asDecimal(right, b);
  if (first && second) return [first, second];
  return isNumeric(a) && isNumeric(b) ? [DOUBLE, DOUBLE] : null;
}

function asDecimal(argument: Argument, type: DataType): DataType | null {
  if (type.kind === "decimal") return type;
  const literal = decimalForLiteral(argument.type, argument.literal?.value ?? null);
  return literal ?? decimalForIntegral(type);
}

function widerPair([left, right]: Pair, context: ResolveContext): Pair | null {
  if (!isNumeric(left) || !isNumeric(right)) return null;
  const wider = tightestCommonType(left, right, context.ansi);
  return wider && [wider, wider];
}
