import type { Evaluated } from "../../builtins/builtin.ts";
import { InternalError } from "../../common/errors.ts";
import { STRICT } from "../../common/strict.ts";
import type { FunctionBuilder, Local, ValueType } from "../../wasm/function-builder.ts";
import type { ModuleEmitter } from "./module-emitter.ts";

/** As a `ref` it is an address behind all memory, as a number far out of the usual; the last byte differs from place to place. */
const I64_POISON = 0x8badf00d_ffffff00n;
const I32_POISON = 0x8bad5a00;
const REF_ADDRESS_POISON = Number(I64_POISON & 0xffff_ffffn);
const F64_POISON = 0x7ff8bad0_bad0ba00n;
const F32_POISON = 0x7fcbad00;

/** In strict mode a null's value is one that kernels and JavaScript functions refuse; else the same. */
export function poisoned(
  { code, module }: { readonly code: FunctionBuilder; readonly module: ModuleEmitter },
  evaluated: Evaluated,
): Evaluated {
  const { value, isNull, narrow } = evaluated;
  if (!STRICT || !isNull) return evaluated;
  const replaced = (from: Local): Local => {
    const to = code.local(from.type);
    pushPoison(code, from.type, module.nextPoison());
    code.get(from).get(isNull).op("select").set(to);
    return to;
  };
  return {
    value: replaced(value),
    isNull,
    ...(narrow ? { narrow: replaced(narrow) } : {}),
  };
}

/** Pushes whether a value is poison. */
export function pushIsPoison(code: FunctionBuilder, value: Local): void {
  code.get(value);
  switch (value.type) {
    case "i32":
      code
        .i32(-256)
        .op("i32.and")
        .i32(I32_POISON | 0)
        .op("i32.eq");
      return;
    case "f32":
      code.op("i32.reinterpret_f32").i32(-256).op("i32.and").i32(F32_POISON).op("i32.eq");
      return;
    case "f64":
      code.op("i64.reinterpret_f64");
      pushIsPoisonI64(code, F64_POISON);
      return;
    case "v128":
      code.extractI64(0);
      pushIsPoisonI64(code, I64_POISON);
      return;
    case "i64":
      pushIsPoisonI64(code, I64_POISON);
  }
}

/** Throws where a register that reaches JavaScript is poison. */
export function refusePoison(raw: number | bigint | undefined, isRef: boolean): void {
  if (typeof raw === "bigint" ? isPoisonI64(raw) : isPoisonI32(Number(raw), isRef))
    throw computesWithNull("A JavaScript function");
}

/** The error of code that computes with the value of a null. */
export function computesWithNull(what: string): InternalError {
  return new InternalError({
    condition: "INTERNAL_ERROR",
    message: `${what} was called on the value of a null`,
    sqlState: "XX000",
  });
}

function pushPoison(code: FunctionBuilder, type: ValueType, place: number): void {
  const low = BigInt(place & 255);
  switch (type) {
    case "i32":
      code.i32(I32_POISON | Number(low) | 0);
      return;
    case "i64":
      code.i64(BigInt.asIntN(64, I64_POISON | low));
      return;
    case "f32":
      code.i32(F32_POISON | Number(low)).op("f32.reinterpret_i32");
      return;
    case "f64":
      code.i64(F64_POISON | low).op("f64.reinterpret_i64");
      return;
    case "v128":
      code.i64(BigInt.asIntN(64, I64_POISON | low)).op("i64x2.splat");
  }
}

function pushIsPoisonI64(code: FunctionBuilder, poison: bigint): void {
  code.i64(-256n).op("i64.and").i64(BigInt.asIntN(64, poison)).op("i64.eq");
}

const isPoisonI64 = (raw: bigint): boolean => (BigInt.asUintN(64, raw) & ~255n) === I64_POISON;

const isPoisonI32 = (raw: number, isRef: boolean): boolean =>
  (raw & -256) >>> 0 === (isRef ? REF_ADDRESS_POISON : I32_POISON);
