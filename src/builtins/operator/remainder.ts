import type { DataType } from "../../columnar/data-type.ts";
import { registerOf } from "../../columnar/vector.ts";
import type { Local } from "../../wasm/function-builder.ts";
import { decimalOutOfRange, remainderByZero } from "../arithmetic-errors.ts";
import type {
  Argument,
  CallFacts,
  EmitContext,
  ResolveContext,
  ScalarBuiltin,
  ScalarKernel,
  Signature,
} from "../builtin.ts";
import { decimalOf } from "../decimal/decimal-call.ts";
import { hasDigits, rescale } from "../decimal/decimal-rounding.ts";
import { remainderType } from "../decimal/decimal-types.ts";
import { requireArguments } from "../type-mismatch.ts";
import { infix } from "./infix.ts";
import { narrowDivisionKernel } from "./narrow-division.ts";
import { numericOperands } from "./numeric-operands.ts";
import { emitDivision } from "./zero-divisor.ts";

/** The signature of a remainder, which may be null. */
export function resolveRemainder(
  args: readonly Argument[],
  context: ResolveContext,
  print: (args: readonly string[]) => string,
): Signature {
  requireArguments(args, context, 2);
  const types = numericOperands(args, context, print, '"NUMERIC"');
  const [left, right] = types;
  const type: DataType =
    left.kind === "decimal" && right.kind === "decimal" ? remainderType(left, right) : left;
  return { args: types, type, nullable: true };
}

/** `%` of doubles has no instruction: JavaScript's is Java's. */
const FLOATING: ScalarKernel = {
  kind: "row",
  prepare: (call) => (a: number, b: number) => {
    if (b !== 0) return a % b;
    if (call.ansi) throw remainderByZero();
    return null;
  },
};

function emitIntegers(
  context: EmitContext,
  a: Local,
  b: Local,
  call: CallFacts,
  isNull: Local | null,
): void {
  const { code } = context;
  const register = registerOf(call.type) as "i32" | "i64";
  emitDivision(
    context,
    b,
    register,
    call.ansi,
    isNull,
    () => code.get(a).get(b).op(`${register}.rem_s`),
    remainderByZero,
  );
}

function decimalKernel(call: CallFacts): ScalarKernel {
  return (
    narrowDivisionKernel(call, "i64.rem_s", remainderByZero) ??
    wideDecimalRemainder(call, (a, b) => a % b)
  );
}

/** A remainder of decimals of any length; `operation` gets both unscaled values at one scale. */
export function wideDecimalRemainder(
  call: CallFacts,
  operation: (a: bigint, b: bigint) => bigint,
): ScalarKernel {
  const [left, right] = call.args.map((argument) => decimalOf(argument.type).scale);
  const scale = Math.max(left ?? 0, right ?? 0);
  return {
    kind: "row",
    prepare: () => (a: bigint, b: bigint) => {
      if (b !== 0n) {
        const rest = operation(rescale(a, left ?? 0, scale), rescale(b, right ?? 0, scale));
        return checkedRemainder(rest, scale, call);
      }
      if (call.ansi) throw remainderByZero();
      return null;
    },
  };
}

/** A remainder with the divisor's sign may have more digits than the type, which follows the dividend. */
function checkedRemainder(rest: bigint, scale: number, call: CallFacts): bigint | null {
  const type = decimalOf(call.type);
  const result = rescale(rest, scale, type.scale);
  if (hasDigits(result, type.precision)) return result;
  if (call.ansi) throw decimalOutOfRange(rest, scale, type);
  return null;
}

/** A remainder with the sign of the dividend. */
export function remainderKernel(call: CallFacts): ScalarKernel {
  switch (call.type.kind) {
    case "float":
    case "double":
      return FLOATING;
    case "decimal":
      return decimalKernel(call);
    default:
      return {
        kind: "emit",
        emit: (context, [a, b], facts, isNull) => {
          if (a && b) emitIntegers(context, a, b, facts, isNull);
        },
      };
  }
}

export const REMAINDER: ScalarBuiltin = {
  kind: "scalar",
  name: "%",
  evaluates: "lastFirst",
  resolve: (args, context) => resolveRemainder(args, context, infix("%")),
  kernel: remainderKernel,
  print: infix("%"),
  cost: 5,
  examples: [
    { sql: "SELECT 2 % 1.8", rows: ["0.2"] },
    { sql: "SELECT MOD(2, 1.8)", rows: ["0.2"] },
  ],
};

export const MOD: ScalarBuiltin = {
  ...REMAINDER,
  name: "mod",
  resolve: (args, context) =>
    resolveRemainder(args, context, ([a = "", b = ""]) => `${context.name}(${a}, ${b})`),
  print: ([a = "", b = ""]) => `mod(${a}, ${b})`,
  examples: [
    { sql: "SELECT mod(2, 1.8)", rows: ["0.2"] },
    { sql: "SELECT mod(-7, 3)", rows: ["-1"] },
  ],
};
