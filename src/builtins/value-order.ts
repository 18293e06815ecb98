import type { DataType } from "../columnar/data-type.ts";
import { isNested } from "../columnar/data-type.ts";
import { encodeText } from "../columnar/text-bytes.ts";
import { isFloating } from "../columnar/type-class.ts";

type Compare = (a: never, b: never) => number;

/**
 * Spark's order of two JavaScript values of a type, neither null: negative, 0, positive. NaN is the greatest and equal
 * to itself, 0.0 equals -0.0; nested nulls come first.
 */
export function valueComparator(type: DataType): (a: unknown, b: unknown) => number {
  return comparatorOf(type) as (a: unknown, b: unknown) => number;
}

function comparatorOf(type: DataType): Compare {
  switch (type.kind) {
    case "float":
    case "double":
      return compareFloating as Compare;
    case "string":
      return compareText as Compare;
    case "binary":
      return compareBytes as Compare;
    case "array":
      return compareLists(() => nullsFirst(comparatorOf(type.element))) as Compare;
    case "struct": {
      const fields = type.fields.map((f) => nullsFirst(comparatorOf(f.type)));
      return compareLists((i) => fields[i] ?? (() => 0)) as Compare;
    }
    default:
      return comparePlain as Compare;
  }
}

function comparePlain(a: number | bigint | boolean, b: number | bigint | boolean): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareFloating(a: number, b: number): number {
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : 1;
  return Number.isNaN(b) ? -1 : comparePlain(a, b);
}

/** By bytes, which is by code points: surrogates must not come before the rest of the basic plane. */
function compareText(a: string, b: string): number {
  return Buffer.compare(encodeText(a), encodeText(b));
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  return Buffer.compare(a, b);
}

function nullsFirst(compare: Compare): (a: unknown, b: unknown) => number {
  return (a, b) => {
    if (a === null) return b === null ? 0 : -1;
    return b === null ? 1 : compare(a as never, b as never);
  };
}

function compareLists(
  at: (index: number) => (a: unknown, b: unknown) => number,
): (a: readonly unknown[], b: readonly unknown[]) => number {
  return (a, b) => {
    for (let i = 0; i < Math.min(a.length, b.length); i++) {
      const order = at(i)(a[i] ?? null, b[i] ?? null);
      if (order !== 0) return order;
    }
    return a.length - b.length;
  };
}

/** A key under which two values of a type are equal exactly where Spark finds them equal. */
export function valueKey(type: DataType, value: unknown): unknown {
  if (value === null) return null;
  if (isFloating(type)) return value === 0 ? 0 : value;
  if (type.kind === "binary") return Buffer.from(value as Uint8Array).toString("latin1");
  return isNested(type) ? JSON.stringify(nestedKey(type, value)) : value;
}

function nestedKey(type: DataType, value: unknown): unknown {
  if (value === null) return null;
  switch (type.kind) {
    case "array":
      return (value as unknown[]).map((item) => nestedKey(type.element, item));
    case "struct":
      return type.fields.map((f, i) => nestedKey(f.type, (value as unknown[])[i] ?? null));
    case "map":
      return (value as [unknown, unknown][]).map(([k, v]) => [
        nestedKey(type.key, k),
        nestedKey(type.value, v),
      ]);
    default:
      return String(valueKey(type, value));
  }
}
