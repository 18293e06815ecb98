import type { DataType, DecimalType } from "../../columnar/data-type.ts";
import { isFloating, isIntegral } from "../../columnar/type-class.ts";
import type { Local } from "../../wasm/function-builder.ts";
import { decimalOutOfRange } from "../arithmetic-errors.ts";
import type { EmitContext } from "../builtin.ts";
import { decimalOf } from "../decimal/decimal-call.ts";
import { emitDivideHalfUp } from "../decimal/decimal-quotient.ts";
import { powerOf10 } from "../decimal/decimal-rounding.ts";
import { decimalForIntegral } from "../decimal/decimal-types.ts";
import { emitAsWide, emitIsOverflow, emitMultiplyWide } from "../decimal/emit-int128.ts";
import { emitTruncate } from "../operator/zero-divisor.ts";
import { type EmittedCast, emitReject, plainCast } from "./cast-code.ts";
import type { CastFacts } from "./cast-facts.ts";

/** Casts from and to decimals; null for those left to TypeScript. */
export function emittedDecimalCast(facts: CastFacts): EmittedCast | null {
  const { from, to } = facts;
  if (to.kind === "decimal") {
    const source = from.kind === "decimal" ? from : sourceDecimal(from);
    return source && rescaleCast(facts, source, to);
  }
  const source = decimalOf(from);
  if (isFloating(to)) return toFloating(source, to);
  return isIntegral(to) && source.precision <= 18 ? toInteger(facts, source) : null;
}

/** A long takes 19 digits, but its register is what an 18-digit decimal has. */
function sourceDecimal(from: DataType): DecimalType | null {
  if (from.kind === "boolean") return { kind: "decimal", precision: 1, scale: 0 };
  const exact = decimalForIntegral(from);
  return from.kind === "long" ? { kind: "decimal", precision: 19, scale: 0 } : exact;
}

function rescaleCast(facts: CastFacts, from: DecimalType, to: DecimalType): EmittedCast {
  const up = to.scale - from.scale;
  const isSafe =
    to.precision - to.scale >= from.precision - from.scale + (up < 0 ? 1 : 0) ||
    (up >= 0 && to.precision - to.scale >= from.precision - from.scale);
  const isNarrow = from.precision + Math.max(up, 0) <= 18 && to.precision <= 18;
  return {
    nullable: !isSafe && facts.mode !== "ansi",
    emit: (context, [value], _, isNull) => {
      if (!value) return;
      const source = emitSource(context, value);
      const rejectOverflow = (): void => emitOutOfRange(context, facts, from, to, value, isNull);
      if (isNarrow && source.type === "i64")
        emitNarrow(context, source, up, to, isSafe, rejectOverflow);
      else if (isSafe && up >= 0) emitSafeWide(context, source, up, to);
      else emitChecked(context, source, up, to, rejectOverflow);
    },
  };
}

function emitSource(context: EmitContext, value: Local): Local {
  if (value.type !== "i32") return value;
  const wide = context.code.local("i64");
  context.code.get(value).op("i64.extend_i32_s").set(wide);
  return wide;
}

function emitNarrow(
  context: EmitContext,
  value: Local,
  up: number,
  to: DecimalType,
  isSafe: boolean,
  rejectOverflow: () => void,
): void {
  const { code } = context;
  const result = code.local("i64");
  if (up === 0) code.get(value);
  else if (up > 0) code.get(value).i64(powerOf10(up)).op("i64.mul");
  else {
    const divisor = code.local("i64");
    code.i64(powerOf10(-up)).set(divisor);
    emitDivideHalfUp(context, value, divisor);
  }
  code.set(result);
  if (!isSafe) {
    // Within ±limit in one unsigned comparison.
    const limit = powerOf10(to.precision) - 1n;
    code
      .get(result)
      .i64(limit)
      .op("i64.add")
      .i64(2n * limit)
      .op("i64.gt_u");
    rejectOverflow();
  }
  code.get(result);
}

function emitSafeWide(context: EmitContext, value: Local, up: number, to: DecimalType): void {
  const { code } = context;
  if (value.type === "i64" && up <= 18) {
    if (up === 0) code.get(emitAsWide(context, value));
    else {
      const factor = code.local("i64");
      code.i64(powerOf10(up)).set(factor);
      emitMultiplyWide(code, value, factor);
    }
  } else if (up === 0) code.get(value);
  else {
    code.get(emitAsWide(context, value)).i32(up).i32(0).i32(38);
    context.kernel("decimalRescale");
  }
  if (to.precision <= 18) code.extractI64(0);
}

function emitChecked(
  context: EmitContext,
  value: Local,
  up: number,
  to: DecimalType,
  rejectOverflow: () => void,
): void {
  const { code } = context;
  const wide = code.local("v128");
  code.get(emitAsWide(context, value)).i32(Math.max(up, 0)).i32(Math.max(-up, 0));
  code.i32(to.precision);
  context.kernel("decimalRescale");
  code.set(wide);
  emitIsOverflow(code, wide);
  rejectOverflow();
  code.get(wide);
  if (to.precision <= 18) code.extractI64(0);
}

function emitOutOfRange(
  context: EmitContext,
  facts: CastFacts,
  from: DecimalType,
  to: DecimalType,
  value: Local,
  isNull: Local | null,
): void {
  const { code } = context;
  code.if(() => {
    if (facts.mode !== "ansi" && isNull) {
      code.i32(1).set(isNull);
      return;
    }
    context.failWith([{ local: value, type: facts.from }], (original) =>
      decimalOutOfRange(BigInt(original as bigint | number | boolean), from.scale, to),
    );
  });
}

/** Up to 53 bits and 22 digits behind the point one division is exactly rounded; the rest goes to the kernel. */
function toFloating(from: DecimalType, to: DataType): EmittedCast {
  return plainCast((context, value) => {
    const { code } = context;
    const viaKernel = (): void => {
      code.get(emitAsWide(context, value)).i32(from.scale);
      context.kernel("decimalToDouble");
    };
    if (value.type !== "i64") viaKernel();
    else if (from.precision <= 15) emitExactDivision(context, value, from.scale);
    else {
      code
        .get(value)
        .i64(1n << 53n)
        .op("i64.add")
        .i64(54n)
        .op("i64.shr_u")
        .op("i64.eqz");
      code.if(() => emitExactDivision(context, value, from.scale), viaKernel, "f64");
    }
    if (to.kind === "float") code.op("f32.demote_f64");
  });
}

function emitExactDivision({ code }: EmitContext, value: Local, scale: number): void {
  code.get(value).op("f64.convert_i64_s");
  if (scale > 0) code.f64(10 ** scale).op("f64.div");
}

/** Cuts off what is behind the point. Without ANSI the low bits are kept. */
function toInteger(facts: CastFacts, from: DecimalType): EmittedCast {
  const { to } = facts;
  const digits = from.precision - from.scale;
  const isSafe = { byte: 2, short: 4, int: 9, long: 18 }[to.kind as "byte"] >= digits;
  return {
    nullable: facts.mode === "try" && !isSafe,
    emit: (context, [value], _, isNull) => {
      if (!value) return;
      const { code } = context;
      const whole = code.local("i64");
      code.get(value).i64(powerOf10(from.scale)).op("i64.div_s").set(whole);
      const pushResult = (): void => {
        code.get(whole);
        if (to.kind === "long") return;
        code.op("i32.wrap_i64");
        emitTruncate(code, to);
      };
      if (!isSafe && facts.mode !== "legacy") {
        pushResult();
        code.op("i64.extend_i32_s").get(whole).op("i64.ne");
        emitReject(context, facts, value, isNull);
      }
      pushResult();
    },
  };
}
