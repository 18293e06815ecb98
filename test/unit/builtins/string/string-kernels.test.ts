import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { caseTable } from "../../../../src/builtins/string/case-table.ts";
import { charactersOf, substringOf } from "../../../../src/builtins/string/characters.ts";
import { LinearMemory } from "../../../../src/columnar/linear-memory.ts";
import { instantiateKernels, KERNEL_TABLE_BYTES } from "../../../../src/wasm/kernel-module.ts";

const memory = new LinearMemory(1 << 26);
const arena = memory.arena();
const exported = instantiateKernels(memory.memory, arena.allocate(KERNEL_TABLE_BYTES));
const kernels = exported as unknown as Record<string, (...args: (bigint | number)[]) => never>;
const letters = fc.string({
  unit: fc.constantFrom("a", "b", "A", " ", "é", "中", "😀", "Σ"),
  maxLength: 40,
});

function place(bytes: Uint8Array): number {
  const address = arena.allocate(bytes.length + 32);
  memory.u8().set(bytes, address);
  return address;
}

function ref(text: string): bigint {
  const bytes = new TextEncoder().encode(text);
  return (BigInt(bytes.length) << 32n) | BigInt(place(bytes));
}

function text(result: bigint): string {
  const address = Number(BigInt.asUintN(32, result));
  return new TextDecoder().decode(memory.bytes(address, Number(BigInt.asUintN(64, result) >> 32n)));
}

function call<T>(name: string, ...args: (bigint | number)[]): T {
  return kernels[name]?.(...args) as T;
}

describe("String kernels", () => {
  it("search as JavaScript does, in text of any length", () => {
    fc.assert(
      fc.property(
        letters,
        fc.string({ unit: fc.constantFrom("a", "b", "é"), maxLength: 4 }),
        (s, part) => {
          expect(call("stringContains", ref(s), ref(part))).toBe(s.includes(part) ? 1 : 0);
          expect(call("stringStartsWith", ref(s), ref(part))).toBe(s.startsWith(part) ? 1 : 0);
          expect(call("stringEndsWith", ref(s), ref(part))).toBe(s.endsWith(part) ? 1 : 0);
          const at = s.indexOf(part);
          const place = at < 0 ? 0 : charactersOf(s.slice(0, at)).length + 1;
          expect(call("stringLocate", ref(s), ref(part), 1)).toBe(place);
        },
      ),
    );
  });

  it("count and cut by code points", () => {
    const position = fc.integer({ min: -50, max: 50 });
    fc.assert(
      fc.property(letters, position, position, (s, from, length) => {
        expect(call("stringLength", ref(s))).toBe(charactersOf(s).length);
        expect(text(call("stringSubstring", ref(s), from, length))).toBe(
          substringOf(s, from, length),
        );
      }),
    );
  });

  it("trim spaces or any characters", () => {
    fc.assert(
      fc.property(letters, (s) => {
        expect(text(call("stringTrim", ref(s), 3))).toBe(s.replace(/^ +| +$/g, ""));
        expect(text(call("stringTrimCharacters", ref(s), ref("aé😀"), 3))).toBe(
          s.replace(/^[aé😀]+|[aé😀]+$/gu, ""),
        );
      }),
    );
  });

  it("change case by Unicode's tables", () => {
    const any = fc.string({ unit: "grapheme", maxLength: 30 });
    const upper = place(caseTable("upper"));
    const lower = place(caseTable("lower"));
    fc.assert(
      fc.property(fc.oneof(letters, any), (s) => {
        const target = arena.allocate(new TextEncoder().encode(s).length * 3 + 16);
        expect(text(call("stringCase", ref(s), target, upper, 0))).toBe(s.toUpperCase());
        expect(text(call("stringCase", ref(s), target, lower, 1))).toBe(s.toLowerCase());
      }),
    );
  });
});
