import type { DataType } from "../../columnar/data-type.ts";
import { isDatetime, isInterval } from "../../columnar/type-class.ts";
import type { Argument, CallFacts, ScalarKernel, Signature } from "../builtin.ts";
import { type TemporalOperation, temporalArithmetic } from "../datetime/temporal-arithmetic.ts";
import { unexpectedArgument } from "../type-mismatch.ts";
import { infix } from "./infix.ts";

type Operator = "+" | "-" | "*" | "/";

const DAYS = '("INT" or "SMALLINT" or "TINYINT")';
const REQUIRED: { readonly [operator in Operator]: string } = {
  "+": DAYS,
  "-": DAYS,
  "*": '"NUMERIC"',
  "/": '"NUMERIC"',
};

function operation(
  operator: Operator,
  args: readonly { readonly type: DataType }[],
): TemporalOperation | null {
  const [left, right] = args;
  return left && right ? temporalArithmetic(operator, left.type, right.type) : null;
}

/** The signature of an operator on dates, timestamps and intervals; null where it is no such operation. */
export function temporalSignature(
  operator: Operator,
  args: readonly Argument[],
  ansi = true,
): Signature | null {
  const found = operation(operator, args);
  const isRead = ansi || operator !== "-" || !isTextAndDatetime(args);
  if (found && isRead) return found.signature;
  if (args.some(({ type }, i) => isRefused(operator, type, i)))
    throw unexpectedArgument(args, infix(operator), 1, REQUIRED[operator]);
  return null;
}

/** Without ANSI only a text from which a date is subtracted is read as one. */
function isTextAndDatetime([left, right]: readonly Argument[]): boolean {
  if (left?.type.kind === "string") return right !== undefined && isTimestamp(right.type);
  return right?.type.kind === "string" && left !== undefined && isDatetime(left.type);
}

function isTimestamp(type: DataType): boolean {
  return type.kind === "timestamp" || type.kind === "timestamp_ntz";
}

/** Types beside which only what `temporalArithmetic` takes may stand. */
function isRefused(operator: Operator, type: DataType, at: number): boolean {
  switch (operator) {
    case "*":
      return isInterval(type);
    case "/":
      return at === 0 && isInterval(type);
    case "-":
      return isDatetime(type) || (at === 1 && type.kind === "day_time_interval");
    default:
      return type.kind === "date" || type.kind === "day_time_interval";
  }
}

/** The kernel that goes with `temporalSignature`. */
export function temporalKernel(operator: Operator, call: CallFacts): ScalarKernel | null {
  const found = operation(operator, call.args);
  if (!found) return null;
  return typeof found.kernel === "function" ? found.kernel(call) : found.kernel;
}
