import { type DataType, DOUBLE } from "../../columnar/data-type.ts";
import { isFloating, isIntegral, isNumeric } from "../../columnar/type-class.ts";
import { AnalysisError } from "../../common/errors.ts";
import { arithmeticOverflow } from "../arithmetic-errors.ts";
import type {
  Argument,
  CallFacts,
  Example,
  ResolveContext,
  ScalarBuiltin,
  ScalarKernel,
  Signature,
} from "../builtin.ts";
import { castKernel } from "../cast/cast.ts";
import { parseDecimal } from "../cast/text-number.ts";
import { decimalOf } from "../decimal/decimal-call.ts";
import { powerOf10 } from "../decimal/decimal-rounding.ts";
import { requireArguments, unexpectedArgument } from "../type-mismatch.ts";
import { type RoundingMode, roundedQuotient } from "./rounded-quotient.ts";
import { digitsType, roundDecimal, roundedType, roundingDigits } from "./rounding-digits.ts";

const INT_BITS: { readonly [kind: string]: number } = { byte: 8, short: 16, int: 32, long: 64 };

function requireConstantScale(args: readonly Argument[], context: ResolveContext): void {
  if (args.length < 2 || args[1]?.isConstant !== false) return;
  throw new AnalysisError({
    condition: "DATATYPE_MISMATCH.NON_FOLDABLE_INPUT",
    message: `Cannot resolve "${context.name}" due to data type mismatch: the input \`scale\` should be a foldable "INT" expression.`,
    sqlState: "42K09",
  });
}

function floatingKernel(digits: number, mode: RoundingMode, type: DataType): ScalarKernel {
  const round = type.kind === "float" ? Math.fround : (value: number) => value;
  return {
    kind: "row",
    prepare: () => (value: number) => {
      const exact = Number.isFinite(value) ? parseDecimal(String(value)) : null;
      if (!exact || exact.scale <= digits) return value + 0;
      if (exact.scale - digits > 400) return 0;
      const unscaled = roundedQuotient(exact.unscaled, powerOf10(exact.scale - digits), mode);
      return round(Number(`${unscaled}e${-digits}`));
    },
  };
}

function integralKernel(digits: number, mode: RoundingMode, call: CallFacts): ScalarKernel {
  const bits = INT_BITS[call.type.kind] ?? 64;
  return {
    kind: "row",
    prepare: () => (value: bigint | number) => {
      if (digits >= 0) return value;
      const unit = powerOf10(Math.min(-digits, 40));
      const rounded = roundedQuotient(BigInt(value), unit, mode) * unit;
      const kept = BigInt.asIntN(bits, rounded);
      if (kept !== rounded && call.ansi) throw arithmeticOverflow("Overflow");
      return bits === 64 ? kept : Number(kept);
    },
  };
}

function resolveRound(args: readonly Argument[], context: ResolveContext): Signature {
  requireArguments(args, context, 1, 2);
  requireConstantScale(args, context);
  const given = args[0]?.type ?? DOUBLE;
  const type = given.kind === "string" || given.kind === "null" ? DOUBLE : given;
  if (!isNumeric(type))
    throw unexpectedArgument(
      args,
      (texts) => `${context.name}(${texts.join(", ")})`,
      0,
      '"NUMERIC"',
    );
  const digits = roundingDigits(args) ?? 0;
  return {
    args: [type, digitsType(args)].slice(0, args.length),
    type: type.kind === "decimal" ? roundedType(type, digits) : type,
    constants: [1],
    nullable: true,
  };
}

function roundKernel(call: CallFacts, mode: RoundingMode): ScalarKernel {
  const digits = roundingDigits(call.args) ?? 0;
  const from = call.args[0]?.type ?? call.type;
  if (isFloating(from)) return floatingKernel(digits, mode, from);
  if (isIntegral(from)) return integralKernel(digits, mode, call);
  const to = decimalOf(call.type);
  if (mode === "halfUp" && digits >= 0 && call.args.length === 1)
    return castKernel(from, to, "legacy", call).kernel;
  const { scale } = decimalOf(from);
  return {
    kind: "row",
    prepare: () => (value: bigint) => roundDecimal(value, scale, digits, to, mode),
  };
}

function rounding(name: string, mode: RoundingMode, examples: readonly Example[]): ScalarBuiltin {
  return {
    kind: "scalar",
    name,
    resolve: resolveRound,
    kernel: (call) => roundKernel(call, mode),
    print: ([child = "", scale = "0"]) => `${name}(${child}, ${scale})`,
    cost: 20,
    examples,
  };
}

/** `round(number[, digits])`: halves go away from zero. */
export const ROUND = rounding("round", "halfUp", [
  { sql: "SELECT round(2.5, 0)", rows: ["3"] },
  { sql: "SELECT round(25, -1)", rows: ["30"] },
]);

/** `bround(number[, digits])`: halves go to the even neighbour. */
export const BROUND = rounding("bround", "halfEven", [
  { sql: "SELECT bround(2.5, 0)", rows: ["2"] },
  { sql: "SELECT bround(25, -1)", rows: ["20"] },
]);
