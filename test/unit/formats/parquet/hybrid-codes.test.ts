import fc from "fast-check";
import { expect, test } from "vitest";
import { testMemory } from "../../../support/memory-vectors.ts";

const { memory, arena, kernels } = testMemory();
const source = arena.allocate(1 << 16);
const target = arena.allocate(1 << 16);

interface Run {
  readonly packed: boolean;
  readonly values: readonly number[];
}

function varint(value: number): number[] {
  const bytes = [];
  let rest = value;
  for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128);
  return [...bytes, rest];
}

/** Parquet's RLE / bit-packed hybrid, written the slow way. */
function encode(width: number, runs: readonly Run[]): Uint8Array {
  const bytes: number[] = [];
  for (const { packed, values } of runs) {
    const [first = 0] = values;
    if (!packed) {
      bytes.push(...varint(values.length * 2));
      for (let i = 0; i < Math.ceil(width / 8); i++) bytes.push(Math.floor(first / 256 ** i) % 256);
      continue;
    }
    bytes.push(...varint((values.length / 8) * 2 + 1));
    const bits = values.flatMap((value) =>
      Array.from({ length: width }, (_, i) => Math.floor(value / 2 ** i) % 2),
    );
    for (let i = 0; i < bits.length; i += 8)
      bytes.push(bits.slice(i, i + 8).reduce((sum, bit, k) => sum + bit * 2 ** k, 0));
  }
  return Uint8Array.from(bytes);
}

function decode(
  codeBytes: 1 | 2 | 4,
  width: number,
  bytes: Uint8Array,
  count: number,
  limit: number,
) {
  memory.bytes(source, bytes.length).set(bytes);
  memory.bytes(source + bytes.length, 64).fill(0xff);
  const kernel = { 1: kernels.hybrid8, 2: kernels.hybrid16, 4: kernels.hybrid32 }[codeBytes];
  if (kernel(source, source + bytes.length, width, count, target, limit) === 0) return null;
  const view = memory.view();
  return Array.from({ length: count }, (_, i) => {
    if (codeBytes === 1) return view.getUint8(target + i);
    if (codeBytes === 2) return view.getUint16(target + 2 * i, true);
    return view.getUint32(target + 4 * i, true);
  });
}

const cases = fc
  .record({ width: fc.integer({ min: 1, max: 32 }), codeBytes: fc.constantFrom(1, 2, 4) })
  .chain(({ width, codeBytes }) => {
    const value = fc.integer({ min: 0, max: 2 ** Math.min(width, 8 * codeBytes, 31) - 1 });
    const group = fc.array(value, { minLength: 8, maxLength: 8 });
    const packed = fc
      .array(group, { minLength: 1, maxLength: 12 })
      .map((groups): Run => ({ packed: true, values: groups.flat() }));
    const repeated = fc
      .tuple(value, fc.integer({ min: 1, max: 300 }))
      .map(([v, count]): Run => ({ packed: false, values: new Array<number>(count).fill(v) }));
    return fc.record({
      width: fc.constant(width),
      codeBytes: fc.constant(codeBytes),
      runs: fc.array(fc.oneof(packed, repeated), { minLength: 1, maxLength: 8 }),
      padding: fc.integer({ min: 0, max: 7 }),
    });
  });

test("codes of every width are read as they were written, and refused above the limit", () => {
  fc.assert(
    fc.property(cases, ({ width, codeBytes, runs, padding }) => {
      const all = runs.flatMap((run) => run.values);
      const count = runs.at(-1)?.packed ? all.length - padding : all.length;
      const values = all.slice(0, count);
      const most = Math.max(...values, ...all.slice(0, count - (count % 8)));
      const bytes = encode(width, runs);
      expect(decode(codeBytes, width, bytes, count, most + 1)).toEqual(values);
      if (most > 0) expect(decode(codeBytes, width, bytes, count, most)).toBeNull();
      const short = bytes.subarray(0, bytes.length - Math.ceil((padding * width) / 8) - 1);
      expect(decode(codeBytes, width, short, count, most + 1)).toBeNull();
    }),
    { numRuns: 1500 },
  );
});
