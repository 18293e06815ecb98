import { type DataType, type Field, isNested, sameType } from "../../columnar/data-type.ts";
import type { ChunkFacts } from "../../columnar/file-facts.ts";
import { conversionOf } from "./conversion.ts";
import { widenedValue } from "./widened-value.ts";

/** A JavaScript value of a file's column, not null, as one of the type that is wanted. */
export type ReadAs = (value: unknown) => unknown;

/** Throws the errors for columns that cannot be read as wanted. */
export interface ReadAsErrors {
  mismatch(from: DataType, to: DataType, chunk: ChunkFacts | undefined): never;
  ambiguous(names: readonly string[]): never;
}

/**
 * How values of a file's column become values of the wanted type, as Spark reads them: fields of structs by name, case
 * ignored, null where the file lacks them, and leaves as `conversionOf` allows. `chunks` are the column's leaves. Null
 * where the two types are the same.
 */
export function readAs(
  from: DataType,
  to: DataType,
  chunks: readonly ChunkFacts[],
  errors: ReadAsErrors,
): ReadAs | null {
  if (sameType(from, to)) return null;
  if (from.kind === "array" && to.kind === "array") {
    const element = orNull(readAs(from.element, to.element, chunks, errors));
    return (value) => (value as readonly unknown[]).map(element);
  }
  if (from.kind === "map" && to.kind === "map") {
    const keys = leafCount(from.key);
    const key = orNull(readAs(from.key, to.key, chunks.slice(0, keys), errors));
    const item = orNull(readAs(from.value, to.value, chunks.slice(keys), errors));
    return (value) => (value as readonly (readonly unknown[])[]).map(([k, v]) => [key(k), item(v)]);
  }
  if (from.kind === "struct" && to.kind === "struct") {
    const members = to.fields.map((wanted) => memberAs(from.fields, wanted, chunks, errors));
    return (value) => members.map((member) => member(value as readonly unknown[]));
  }
  const [chunk] = chunks;
  const isReadable = chunk !== undefined && !isNested(from) && conversionOf(chunk, from, to);
  return isReadable ? widenedValue(from, to) : errors.mismatch(from, to, chunk);
}

function memberAs(
  own: readonly Field[],
  wanted: Field,
  chunks: readonly ChunkFacts[],
  errors: ReadAsErrors,
): (struct: readonly unknown[]) => unknown {
  const name = wanted.name.toLowerCase();
  const found = own.filter((f) => f.name.toLowerCase() === name);
  const [first] = found;
  if (first === undefined) return () => null;
  if (found.length > 1) return errors.ambiguous(found.map((f) => f.name));
  const at = own.indexOf(first);
  const start = own.slice(0, at).reduce((sum, { type }) => sum + leafCount(type), 0);
  const leaves = chunks.slice(start, start + leafCount(first.type));
  const convert = orNull(readAs(first.type, wanted.type, leaves, errors));
  return (struct) => convert(struct[at]);
}

function leafCount(type: DataType): number {
  switch (type.kind) {
    case "array":
      return leafCount(type.element);
    case "map":
      return leafCount(type.key) + leafCount(type.value);
    case "struct":
      return type.fields.reduce((sum, f) => sum + leafCount(f.type), 0);
    default:
      return 1;
  }
}

function orNull(convert: ReadAs | null): ReadAs {
  if (convert === null) return (value) => value;
  return (value) => (value === null || value === undefined ? null : convert(value));
}
