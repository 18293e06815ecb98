import type { DataType } from "../../columnar/data-type.ts";
import type { FunctionBuilder, Local } from "../../wasm/function-builder.ts";
import { divideByZero } from "../arithmetic-errors.ts";
import type { EmitContext } from "../builtin.ts";

/** Pushes 1 where a number is zero. */
export function emitIsZero(code: FunctionBuilder, value: Local): void {
  switch (value.type) {
    case "v128":
      code.get(value).op("v128.any_true").op("i32.eqz");
      return;
    case "f32":
      code.get(value).f32(0).op("f32.eq");
      return;
    case "f64":
      code.get(value).f64(0).op("f64.eq");
      return;
    default:
      code.get(value).op(`${value.type}.eqz`);
  }
}

/**
 * Guards a division: an error under ANSI, else null, where the divisor is zero. `write` pushes the result and runs
 * only for another divisor; without ANSI a zero takes its place.
 */
export function emitDivision(
  context: EmitContext,
  divisor: Local,
  result: Local["type"],
  ansi: boolean,
  isNull: Local | null,
  write: () => void,
  makeError: () => Error = divideByZero,
): void {
  const { code } = context;
  emitIsZero(code, divisor);
  if (ansi || isNull === null) {
    code.if(() => context.fail(makeError));
    write();
    return;
  }
  code.if(
    () => {
      code.i32(1).set(isNull);
      emitZero(code, result);
    },
    write,
    result,
  );
}

/** Pushes the zero of a register type. */
export function emitZero(code: FunctionBuilder, type: Local["type"]): void {
  switch (type) {
    case "i32":
      code.i32(0);
      return;
    case "i64":
      code.i64(0n);
      return;
    case "f32":
      code.f32(0);
      return;
    case "f64":
      code.f64(0);
      return;
    default:
      code.v128(0n);
  }
}

/** The instruction that brings an `i32` back into the range of byte or short. */
export function emitTruncate(code: FunctionBuilder, type: DataType): void {
  if (type.kind === "byte") code.op("i32.extend8_s");
  if (type.kind === "short") code.op("i32.extend16_s");
}
