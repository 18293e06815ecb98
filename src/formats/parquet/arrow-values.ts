import type { Data } from "apache-arrow";
import type { DataType } from "../../columnar/data-type.ts";
import type { ChunkFacts } from "../../columnar/file-facts.ts";
import { present } from "../../common/assert.ts";
import { leafValue } from "./leaf-value.ts";

/** The value of a row. */
export type ValueAt = (index: number) => unknown;

/**
 * Gives the values of Arrow data of an isolated column as JavaScript values, null for null. `chunks` are the column's
 * leaves in order; each leaf takes the next.
 */
export function arrowValues(data: Data, type: DataType, chunks: Iterator<ChunkFacts>): ValueAt {
  const value = notNull(data, type, chunks);
  if (data.nullCount === 0) return value;
  return (index) => (data.getValid(index) ? value(index) : null);
}

function notNull(data: Data, type: DataType, chunks: Iterator<ChunkFacts>): ValueAt {
  switch (type.kind) {
    case "array":
      return list(data, arrowValues(child(data, 0), type.element, chunks));
    case "map": {
      const entries = child(data, 0);
      const key = arrowValues(child(entries, 0), type.key, chunks);
      const value = arrowValues(child(entries, 1), type.value, chunks);
      return list(data, (index) => [key(index) ?? nullKey(), value(index)]);
    }
    case "struct": {
      const members = type.fields.map((f, i) => arrowValues(child(data, i), f.type, chunks));
      return (index) => members.map((member) => member(index));
    }
    default: {
      const chunk = present<ChunkFacts>(chunks.next().value, "The chunk of a leaf");
      const convert = leafValue(chunk, type);
      const stored = storedValues(data, chunk);
      return (index) => convert(stored(index));
    }
  }
}

function nullKey(): never {
  throw new RangeError("a key of a map is null");
}

function list(data: Data, element: ValueAt): ValueAt {
  const offsets = data.valueOffsets;
  return (index) => {
    const start = Number(offsets[index]);
    const end = Number(offsets[index + 1]);
    return Array.from({ length: end - start }, (_, i) => element(start + i));
  };
}

function storedValues(data: Data, chunk: ChunkFacts): ValueAt {
  const values: Uint8Array = data.values;
  switch (chunk.physical) {
    case "BOOLEAN":
      return (index) => {
        const bit = data.offset + index;
        return (((values[bit >> 3] ?? 0) >> (bit & 7)) & 1) === 1;
      };
    case "BYTE_ARRAY":
      return (index) =>
        values.subarray(Number(data.valueOffsets[index]), Number(data.valueOffsets[index + 1]));
    case "INT96":
    case "FIXED_LEN_BYTE_ARRAY": {
      const width = data.stride;
      return (index) => values.subarray(index * width, (index + 1) * width);
    }
    default:
      return (index) => values[index];
  }
}

function child(data: Data, index: number): Data {
  return present(data.children[index], "A child of Arrow data");
}
