import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  divideHalfUp,
  hasDigits,
  powerOf10,
} from "../../../src/builtins/decimal/decimal-rounding.ts";
import {
  emitAddNarrow,
  emitAddWide,
  emitLessWide,
  emitMultiplyWide,
  emitSubtractWide,
} from "../../../src/builtins/decimal/emit-int128.ts";
import { LinearMemory } from "../../../src/columnar/linear-memory.ts";
import type { FunctionBuilder, Local, ValueType } from "../../../src/wasm/function-builder.ts";
import { instantiateKernels, KERNEL_TABLE_BYTES } from "../../../src/wasm/kernel-module.ts";
import { KERNELS, type KernelName } from "../../../src/wasm/kernel-table.ts";
import { ModuleBuilder } from "../../../src/wasm/module-builder.ts";

const memory = new LinearMemory(1 << 24);
const arena = memory.arena();
const kernels = instantiateKernels(memory.memory, arena.allocate(KERNEL_TABLE_BYTES));
const [A, B, RESULT] = [arena.allocate(16), arena.allocate(16), arena.allocate(16)] as const;
const OVERFLOW = -(1n << 127n);

/** A function of two numbers at A and B that leaves one at RESULT; its parameters are i32. */
function compile(
  result: ValueType,
  params: number,
  write: (code: FunctionBuilder, a: Local, b: Local, kernel: (name: KernelName) => void) => void,
): (a: bigint, b: bigint, ...params: number[]) => bigint | number {
  const builder = new ModuleBuilder();
  const { code } = builder.addFunction(
    { params: Array.from({ length: params }, () => "i32" as const), results: [] },
    "run",
  );
  const kernel = (name: KernelName): void => {
    code.call(builder.importFunction("kernel", name, KERNELS[name]));
  };
  const [a, b] = [code.local("v128"), code.local("v128")];
  code.i32(A).memory("v128.load").set(a);
  code.i32(B).memory("v128.load").set(b);
  code.i32(RESULT);
  write(code, a, b, kernel);
  code.memory(`${result}.store` as "v128.store");
  const instance = new WebAssembly.Instance(new WebAssembly.Module(builder.encode()), {
    env: { memory: memory.memory },
    kernel: kernels,
  });
  const run = instance.exports["run"] as unknown as (...params: number[]) => void;
  return (x, y, ...rest) => {
    put(A, x);
    put(B, y);
    run(...rest);
    if (result === "f64") return memory.view().getFloat64(RESULT, true);
    if (result === "i32") return memory.view().getInt32(RESULT, true);
    const view = memory.view();
    return (view.getBigInt64(RESULT + 8, true) << 64n) | view.getBigUint64(RESULT, true);
  };
}

function put(address: number, value: bigint): void {
  memory.view().setBigInt64(address, BigInt.asIntN(64, value), true);
  memory.view().setBigInt64(address + 8, value >> 64n, true);
}

/** Decimals of every length, with many at the edges. */
const decimal = fc
  .tuple(
    fc.integer({ min: 0, max: 38 }),
    fc.bigInt(-(10n ** 38n - 1n), 10n ** 38n - 1n),
    fc.integer({ min: 0, max: 9 }),
  )
  .map(([digits, value, edge]) => {
    const limit = powerOf10(digits);
    if (edge === 0) return limit - 1n;
    return edge === 1 ? 1n - limit : value % limit;
  });
const long = fc.bigInt(-(1n << 63n), (1n << 63n) - 1n);
const scale = fc.integer({ min: 0, max: 38 });
const limited = (value: bigint, digits: number): bigint =>
  hasDigits(value, digits) ? value : OVERFLOW;

describe("Decimal kernels are exact", () => {
  test("in multiplication with rounding", () => {
    const multiply = compile("v128", 2, (code, a, b, kernel) => {
      code.get(a).get(b);
      for (const param of code.params) code.get(param);
      kernel("decimalMultiply");
    });
    fc.assert(
      fc.property(
        decimal,
        decimal,
        scale,
        fc.integer({ min: 1, max: 38 }),
        (a, b, drop, digits) => {
          expect(multiply(a, b, drop, digits)).toBe(
            limited(divideHalfUp(a * b, powerOf10(drop)), digits),
          );
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("in rescaling", () => {
    const rescale = compile("v128", 3, (code, a, _, kernel) => {
      code.get(a);
      for (const param of code.params) code.get(param);
      kernel("decimalRescale");
    });
    fc.assert(
      fc.property(decimal, scale, fc.boolean(), (a, by, isUp) => {
        const [up, drop] = isUp ? [by, 0] : [0, by];
        const exact = divideHalfUp(a * powerOf10(up), powerOf10(drop));
        expect(rescale(a, 0n, up, drop, 38)).toBe(limited(exact, 38));
      }),
      { numRuns: 2000 },
    );
  });

  test("in addition at different scales", () => {
    const add = compile("v128", 4, (code, a, b, kernel) => {
      const [upA, upB, drop, digits] = code.params;
      if (!upA || !upB || !drop || !digits) return;
      code.get(a).get(upA).get(b).get(upB).get(drop).get(digits);
      kernel("decimalAdd");
    });
    fc.assert(
      fc.property(decimal, decimal, scale, scale, (a, b, up, drop) => {
        const exact = divideHalfUp(a * powerOf10(up) + b, powerOf10(drop));
        expect(add(a, b, up, 0, drop, 38)).toBe(limited(exact, 38));
        expect(add(b, a, 0, up, drop, 38)).toBe(limited(exact, 38));
      }),
      { numRuns: 2000 },
    );
  });

  test("in division", () => {
    const divide = compile("v128", 2, (code, a, b, kernel) => {
      code.get(a).get(b);
      for (const param of code.params) code.get(param);
      kernel("decimalDivide");
    });
    fc.assert(
      fc.property(decimal, decimal, fc.integer({ min: 0, max: 57 }), (a, b, up) => {
        fc.pre(b !== 0n);
        expect(divide(a, b, up, 38)).toBe(limited(divideHalfUp(a * powerOf10(up), b), 38));
      }),
      { numRuns: 2000 },
    );
  });

  test("in conversion to double", () => {
    const toDouble = compile("f64", 1, (code, a, _, kernel) => {
      code.get(a);
      for (const param of code.params) code.get(param);
      kernel("decimalToDouble");
    });
    fc.assert(
      fc.property(decimal, scale, (a, by) => {
        expect(toDouble(a, 0n, by)).toBe(Number(`${a}e-${by}`));
      }),
      { numRuns: 2000 },
    );
  });
});

describe("Emitted 128-bit arithmetic is exact", () => {
  const wrap = (value: bigint): bigint => BigInt.asIntN(128, value);
  const wide = fc.bigInt(-(1n << 127n), (1n << 127n) - 1n);
  const narrow = (code: FunctionBuilder, value: Local): Local => {
    const low = code.local("i64");
    code.get(value).extractI64(0).set(low);
    return low;
  };

  test("in sums, differences and comparisons", () => {
    const add = compile("v128", 0, (code, a, b) => emitAddWide(code, a, b));
    const subtract = compile("v128", 0, (code, a, b) => emitSubtractWide(code, a, b));
    const less = compile("i32", 0, (code, a, b) => emitLessWide(code, a, b));
    fc.assert(
      fc.property(wide, wide, (a, b) => {
        expect(add(a, b)).toBe(wrap(a + b));
        expect(subtract(a, b)).toBe(wrap(a - b));
        expect(less(a, b)).toBe(a < b ? 1 : 0);
      }),
      { numRuns: 2000 },
    );
  });

  test("in products of longs and sums with longs", () => {
    const multiply = compile("v128", 0, (code, a, b) =>
      emitMultiplyWide(code, narrow(code, a), narrow(code, b)),
    );
    const add = compile("v128", 0, (code, a, b) => emitAddNarrow(code, a, narrow(code, b)));
    fc.assert(
      fc.property(long, long, wide, (a, b, c) => {
        expect(multiply(a, b)).toBe(a * b);
        expect(multiply(a >> 33n, b >> 33n)).toBe((a >> 33n) * (b >> 33n));
        expect(add(c, b)).toBe(wrap(c + b));
      }),
      { numRuns: 2000 },
    );
  });
});
