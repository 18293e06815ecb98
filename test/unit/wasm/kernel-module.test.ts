import fc from "fast-check";
import { expect, test } from "vitest";
import { LinearMemory } from "../../../src/columnar/linear-memory.ts";
import { instantiateKernels, KERNEL_TABLE_BYTES } from "../../../src/wasm/kernel-module.ts";

const memory = new LinearMemory(1 << 24);
const arena = memory.arena();
const kernels = instantiateKernels(memory.memory, arena.allocate(KERNEL_TABLE_BYTES));
const places = [arena.allocate(4096), arena.allocate(4096)] as const;

function ref(place: 0 | 1, bytes: Uint8Array): bigint {
  memory.bytes(places[place], 4096).fill(place === 0 ? 0x55 : 0xaa);
  memory.bytes(places[place], bytes.length).set(bytes);
  return (BigInt(bytes.length) << 32n) | BigInt(places[place]);
}

const short = fc.uint8Array({ maxLength: 20 });

test("refs compare as their bytes do, whatever lies behind them", () => {
  fc.assert(
    fc.property(short, short, fc.nat(18), (head, tail, cut) => {
      const a = Uint8Array.from([...head, ...tail]);
      const b = Uint8Array.from([...head, ...tail.slice(cut)]);
      const [left, right] = [ref(0, a), ref(1, b)];
      const wanted = Math.sign(Buffer.compare(a, b));
      expect(Math.sign(kernels.refCompare(left, right))).toBe(wanted);
      expect(kernels.refEquals(left, right)).toBe(wanted === 0 ? 1 : 0);
      if (wanted === 0) expect(kernels.refHash(left)).toBe(kernels.refHash(right));
    }),
  );
});

test("different short strings seldom share a hash", () => {
  const hashes = new Set<number>();
  for (let i = 0; i < 20000; i++) hashes.add(kernels.refHash(ref(0, Buffer.from(`key-${i}`))));
  expect(hashes.size).toBeGreaterThan(19990);
});
