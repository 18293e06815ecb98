import type { Evaluated } from "../../builtins/builtin.ts";
import { type DataType, isNested } from "../../columnar/data-type.ts";
import { nestedShape } from "../../columnar/nested-shape.ts";
import { laneOf } from "../../columnar/vector.ts";
import type { SortOrder } from "../../plan/expression.ts";
import { nullableOf, typeOf } from "../../plan/expression-type.ts";
import type { Local } from "../../wasm/function-builder.ts";
import type { ByteHeap } from "../byte-heap.ts";
import type { FunctionEmitter } from "../code/function-emitter.ts";
import type { RowScope } from "../pipeline/row-scope.ts";
import { emptyNull, normalizeKey } from "./key-code.ts";

/**
 * Writes the code that makes a row's sort key: bytes whose unsigned order is the rows' order.
 *
 * Each order is one byte that puts nulls first or last, where its expression can be null, then the value: integers
 * big-endian with the sign flipped, floats by their IEEE bits (NaN greatest), texts with 00 written as 00 01 and 00 00
 * behind them; nested values by their elements, each behind a byte that puts nulls first; all bits flipped where it
 * descends.
 */
export function emitSortKey(
  emitter: FunctionEmitter,
  scope: RowScope,
  orders: readonly SortOrder[],
  heap: ByteHeap,
): Local {
  const { code } = emitter;
  const keys = orders.map((order) => {
    const type = typeOf(order.expression);
    return {
      order,
      type,
      evaluated: sortable(emitter, type, scope.evaluate(order.expression)),
    };
  });
  const at = code.local("i32");
  const start = code.local("i32");
  code.i32(0);
  for (const { type, evaluated } of keys) pushMaxBytes(emitter, type, evaluated);
  code.call(emitter.module.allocator(heap)).tee(start).set(at);
  for (const { order, type, evaluated } of keys) {
    const { isNull } = evaluated;
    const isMarked = nullableOf(order.expression);
    const write = (): void => writeValue(emitter, type, evaluated.value, at, order.ascending);
    if (isMarked) {
      const nullByte = order.nullsFirst ? 0 : 2;
      code.get(at);
      if (isNull) code.i32(nullByte).i32(1).get(isNull).op("select");
      else code.i32(1);
      code.memory("i32.store8");
      code.get(at).i32(1).op("i32.add").set(at);
    }
    if (isNull) code.get(isNull).op("i32.eqz").if(write);
    else write();
  }
  const key = code.local("i64");
  code.get(at).get(start).op("i32.sub").op("i64.extend_i32_u").i64(32n).op("i64.shl");
  code.get(start).op("i64.extend_i32_u").op("i64.or").set(key);
  return key;
}

/** The kernel of nested values takes -0.0 for 0.0 itself. */
function sortable(emitter: FunctionEmitter, type: DataType, key: Evaluated): Evaluated {
  return isNested(type) ? emptyNull(emitter, key) : normalizeKey(emitter, type, key);
}

/** `i32` on the stack → plus the bytes that this key may take. */
function pushMaxBytes(emitter: FunctionEmitter, type: DataType, { value }: Evaluated): void {
  const { code } = emitter;
  if (laneOf(type) === "ref") {
    code.get(value).i64(31n).op("i64.shr_u").op("i32.wrap_i64").i32(4).op("i32.add");
  } else code.i32(17);
  code.op("i32.add");
}

function writeValue(
  emitter: FunctionEmitter,
  type: DataType,
  value: Local,
  at: Local,
  ascending: boolean,
): void {
  const { code } = emitter;
  if (laneOf(type) === "ref") {
    code.get(at).get(value);
    if (isNested(type)) code.i32(emitter.constant(nestedShape(type)));
    code.i32(ascending ? 0 : 255);
    emitter.kernel(isNested(type) ? "writeSortNested" : "writeSortText");
    code.set(at);
    return;
  }
  const write64 = (): void => {
    emitter.kernel("writeBigEndian");
    code.get(at).i32(8).op("i32.add").set(at);
  };
  const flip = ascending ? 0n : -1n;
  const sign = -(2n ** 63n);
  switch (value.type) {
    case "i32":
      code
        .get(at)
        .get(value)
        .op("i64.extend_i32_s")
        .i64(sign ^ flip)
        .op("i64.xor");
      write64();
      return;
    case "i64":
      code
        .get(at)
        .get(value)
        .i64(sign ^ flip)
        .op("i64.xor");
      write64();
      return;
    case "v128":
      code
        .get(at)
        .get(value)
        .extractI64(1)
        .i64(sign ^ flip)
        .op("i64.xor");
      write64();
      code.get(at).get(value).extractI64(0).i64(flip).op("i64.xor");
      write64();
      return;
    default: {
      const bits = code.local("i64");
      code.get(value);
      if (value.type === "f32") code.op("f64.promote_f32");
      code.op("i64.reinterpret_f64").set(bits);
      code.get(at);
      code.get(bits).get(bits).i64(63n).op("i64.shr_s").i64(sign).op("i64.or").op("i64.xor");
      code.i64(flip).op("i64.xor");
      write64();
    }
  }
}
