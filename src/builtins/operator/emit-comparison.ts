import { type DataType, isNested } from "../../columnar/data-type.ts";
import type { Local } from "../../wasm/function-builder.ts";
import type { EmitContext, Evaluated } from "../builtin.ts";
import { emitEqualWide, emitLessWide } from "../decimal/emit-int128.ts";

/** True if `emitEqual` and `emitLess` take a type; nested values are compared in TypeScript. */
export function hasEmittedOrder(type: DataType): boolean {
  return !isNested(type);
}

function isBytes(type: DataType): boolean {
  return type.kind === "string" || type.kind === "binary";
}

/** Pushes 1 where two values that are not null are equal; NaN equals NaN. */
export function emitEqual(context: EmitContext, type: DataType, a: Local, b: Local): void {
  const { code } = context;
  if (isBytes(type)) {
    code.get(a).get(b);
    context.kernel("refEquals");
    return;
  }
  switch (a.type) {
    case "v128":
      emitEqualWide(code, a, b);
      return;
    case "f32":
    case "f64":
      code.get(a).get(b).op(`${a.type}.eq`);
      code.get(a).get(a).op(`${a.type}.ne`);
      code.get(b).get(b).op(`${a.type}.ne`);
      code.op("i32.and").op("i32.or");
      return;
    default:
      code.get(a).get(b).op(`${a.type}.eq`);
  }
}

/** Pushes 1 where a < b, neither null; NaN is greater than all else. */
export function emitLess(context: EmitContext, type: DataType, a: Local, b: Local): void {
  const { code } = context;
  if (isBytes(type)) {
    code.get(a).get(b);
    context.kernel("refCompare");
    code.i32(0).op("i32.lt_s");
    return;
  }
  switch (a.type) {
    case "v128":
      emitLessWide(code, a, b);
      return;
    case "f32":
    case "f64":
      code.get(a).get(b).op(`${a.type}.lt`);
      code.get(a).get(a).op(`${a.type}.eq`);
      code.get(b).get(b).op(`${a.type}.ne`);
      code.op("i32.and").op("i32.or");
      return;
    default:
      code.get(a).get(b).op(`${a.type}.lt_s`);
  }
}

/** Pushes 1 where a ≤ b. */
export function emitLessOrEqual(context: EmitContext, type: DataType, a: Local, b: Local): void {
  if (a.type === "i32" || (a.type === "i64" && !isBytes(type))) {
    context.code.get(a).get(b).op(`${a.type}.le_s`);
    return;
  }
  emitLess(context, type, b, a);
  context.code.op("i32.eqz");
}

/**
 * Pushes 1 where neither side is null and `compare` (`emitEqual`, `emitLess`, `emitLessOrEqual`) holds. The bytes of a
 * null lie nowhere, so they are not compared.
 */
export function emitComparisonOfPresent(
  context: EmitContext,
  type: DataType,
  compare: typeof emitEqual,
  [a, b]: readonly [Evaluated, Evaluated],
): void {
  const { code } = context;
  const nulls = [a, b].flatMap((side) => side.isNull ?? []);
  const compareValues = (): void => compare(context, type, a.value, b.value);
  if (nulls.length === 0 || !isBytes(type)) {
    compareValues();
    for (const isNull of nulls) code.get(isNull).op("i32.eqz").op("i32.and");
    return;
  }
  code.i32(0);
  for (const isNull of nulls) code.get(isNull).op("i32.or");
  code.if(() => code.i32(0), compareValues, "i32");
}
