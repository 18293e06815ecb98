import {
  type DataType,
  type DecimalType,
  DOUBLE,
  decimal,
  INT,
  LONG,
} from "../../columnar/data-type.ts";
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
import { castInvalidInput } from "../cast/cast-errors.ts";
import { parseDecimal } from "../cast/text-number.ts";
import { isIntegral, isNumeric } from "../coercion.ts";
import { decimalOf } from "../decimal/decimal-call.ts";
import { powerOf10 } from "../decimal/decimal-rounding.ts";
import { requireArguments, unexpectedArgument } from "../type-mismatch.ts";
import { type RoundingMode, roundedQuotient } from "./rounded-quotient.ts";

const INT_BITS: { readonly [kind: string]: number } = { byte: 8, short: 16, int: 32, long: 64 };

/** No number of any type has a digit further from its point. */
const MOST_DIGITS = 400;

/** The digits to round to, which must be constant. Null for a null constant. */
function scaleOf(args: readonly Argument[]): number | null {
  const given = args[1]?.literal;
  if (args.length < 2) return 0;
  if (given?.value == null) return null;
  const type = args[1]?.type ?? INT;
  const unit = type.kind === "decimal" ? 10 ** type.scale : 1;
  const scale = Math.trunc(Number(given.value) / unit);
  if (!Number.isInteger(scale)) throw castInvalidInput(String(given.value), INT);
  return Math.min(Math.max(scale, -MOST_DIGITS), MOST_DIGITS);
}

/** The scale is read from the constant itself, which must stay one: it is not cast. */
function scaleType(args: readonly Argument[]): DataType {
  return args[1]?.type ?? INT;
}

function requireConstantScale(args: readonly Argument[], context: ResolveContext): void {
  if (args.length < 2 || args[1]?.literal) return;
  throw new AnalysisError({
    condition: "DATATYPE_MISMATCH.NON_FOLDABLE_INPUT",
    message: `Cannot resolve "${context.name}" due to data type mismatch: the input \`scale\` should be a foldable "INT" expression.`,
    sqlState: "42K09",
  });
}

/** A decimal rounded to some digits: a digit more in front, as rounding may carry. */
function roundedType({ precision, scale }: DecimalType, digits: number): DecimalType {
  const whole = precision - scale + 1;
  if (digits < 0) return decimal(Math.min(Math.max(whole, 1 - digits), 38), 0);
  const kept = Math.min(scale, digits);
  return decimal(Math.min(whole + kept, 38), kept);
}

/** An unscaled decimal at the scale of `to`, rounded to `digits` behind (or, negative, before) the point. */
function roundDecimal(
  value: bigint,
  fromScale: number,
  digits: number,
  to: DecimalType,
  mode: RoundingMode,
): bigint {
  const drop = fromScale - Math.min(digits, fromScale);
  const rounded = roundedQuotient(value, powerOf10(drop), mode);
  const scale = fromScale - drop;
  return to.scale >= scale ? rounded * powerOf10(to.scale - scale) : rounded;
}

function floatingKernel(digits: number, mode: RoundingMode, type: DataType): ScalarKernel {
  const round = type.kind === "float" ? Math.fround : (value: number) => value;
  return {
    kind: "row",
    prepare: () => (value: number) => {
      const exact = Number.isFinite(value) ? parseDecimal(String(value)) : null;
      if (!exact || exact.scale <= digits) return value;
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
  const digits = scaleOf(args) ?? 0;
  return {
    args: [type, scaleType(args)].slice(0, args.length),
    type: type.kind === "decimal" ? roundedType(type, digits) : type,
    nullable: true,
  };
}

function roundKernel(call: CallFacts, mode: RoundingMode): ScalarKernel {
  const digits = scaleOf(call.args) ?? 0;
  const from = call.args[0]?.type ?? call.type;
  if (from.kind === "float" || from.kind === "double") return floatingKernel(digits, mode, from);
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

export const ROUND = rounding("round", "halfUp", [
  { sql: "SELECT round(2.5, 0)", rows: ["3"] },
  { sql: "SELECT round(25, -1)", rows: ["30"] },
]);
export const BROUND = rounding("bround", "halfEven", [
  { sql: "SELECT bround(2.5, 0)", rows: ["2"] },
  { sql: "SELECT bround(25, -1)", rows: ["20"] },
]);

/** Unlike `round`, these refuse a scale that is null or no number. */
function requireConstantDigits(args: readonly Argument[], context: ResolveContext): void {
  const scale = args[1]?.literal?.value ?? null;
  if (args.length < 2 || (scale !== null && Number.isInteger(Number(scale)))) return;
  throw new AnalysisError({
    condition: "NON_FOLDABLE_ARGUMENT",
    message: `The function \`${context.name}\` requires the parameter \`scale\` to be a foldable expression of the type "INT", but the actual argument is a non-foldable.`,
    sqlState: "42K08",
  });
}

/** One argument: to a long, a decimal to one without digits behind the point. With digits: to a decimal. */
function resolveEdge(args: readonly Argument[], context: ResolveContext): Signature {
  requireArguments(args, context, 1, 2);
  requireConstantDigits(args, context);
  const given = args[0]?.type ?? DOUBLE;
  const print = (texts: readonly string[]): string => `${context.name}(${texts.join(", ")})`;
  if (!isNumeric(given) && given.kind !== "string" && given.kind !== "null")
    throw unexpectedArgument(args, print, 0, '("DECIMAL" or "DOUBLE" or "BIGINT")');
  if (args.length === 2) {
    const from = decimalFor(given);
    return {
      args: [from, scaleType(args)],
      type: roundedType(from, scaleOf(args) ?? 0),
      nullable: true,
    };
  }
  if (given.kind === "decimal")
    return {
      args: [given],
      type: given.scale === 0 ? given : roundedType(given, 0),
      nullable: true,
    };
  return { args: [isIntegral(given) ? LONG : DOUBLE], type: LONG, nullable: true };
}

function decimalFor(type: DataType): DecimalType {
  switch (type.kind) {
    case "decimal":
      return type;
    case "byte":
      return decimal(3, 0);
    case "short":
      return decimal(5, 0);
    case "int":
      return decimal(10, 0);
    case "long":
      return decimal(20, 0);
    case "float":
      return decimal(14, 7);
    default:
      return decimal(30, 15);
  }
}

function edgeKernel(call: CallFacts, mode: "ceiling" | "floor"): ScalarKernel {
  const from = call.args[0]?.type ?? call.type;
  if (from.kind === "long")
    return {
      kind: "emit",
      emit: ({ code }, [value]) => {
        if (value) code.get(value);
      },
    };
  if (from.kind === "double")
    return {
      kind: "emit",
      emit: ({ code }, [value]) => {
        if (!value) return;
        code.get(value).op(mode === "ceiling" ? "f64.ceil" : "f64.floor");
        code.op("i64.trunc_sat_f64_s");
      },
    };
  const { scale } = decimalOf(from);
  const to = decimalOf(call.type);
  const digits = scaleOf(call.args) ?? 0;
  return {
    kind: "row",
    prepare: () => (value: bigint) => roundDecimal(value, scale, digits, to, mode),
  };
}

function edge(
  name: string,
  aliases: readonly string[],
  mode: "ceiling" | "floor",
  examples: readonly Example[],
): ScalarBuiltin {
  return {
    kind: "scalar",
    name,
    aliases,
    resolve: resolveEdge,
    kernel: (call) => edgeKernel(call, mode),
    print: (args) => `${args.length === 1 ? name.toUpperCase() : name}(${args.join(", ")})`,
    cost: 5,
    examples,
  };
}

export const CEIL = edge("ceil", ["ceiling"], "ceiling", [
  { sql: "SELECT ceil(-0.1)", rows: ["0"] },
  { sql: "SELECT ceil(5)", rows: ["5"] },
  { sql: "SELECT ceil(3.1411, 3)", rows: ["3.142"] },
  { sql: "SELECT ceil(3.1411, -3)", rows: ["1000"] },
]);
export const FLOOR = edge("floor", [], "floor", [
  { sql: "SELECT floor(-0.1)", rows: ["-1"] },
  { sql: "SELECT floor(3.1411, 3)", rows: ["3.141"] },
]);
