import type { DataType } from "./data-type.ts";
import { NESTED_WIDTHS } from "./nested-width.ts";

const INTEGER = 1;
const FLOATING = 2;
const BYTES = 3;
const ARRAY = 4;
const MAP = 5;
const STRUCT = 6;
const VOID = 7;
const NODE_BYTES = 8;
const DECIMAL_BYTES = 16;

/**
 * A type as the kernels of nested values read it: a node of its kind (`u8`), the bytes of a number (`u8`) and the bytes
 * of node and children (`u32`, at 4), then its children: element; key and value; or fields.
 */
export function nestedShape(type: DataType): Uint8Array {
  switch (type.kind) {
    case "null":
      return node(VOID, 0);
    case "decimal":
      return node(INTEGER, DECIMAL_BYTES);
    case "string":
    case "binary":
      return node(BYTES, 0);
    case "float":
    case "double":
      return node(FLOATING, NESTED_WIDTHS[type.kind]);
    case "array":
      return node(ARRAY, 0, [type.element]);
    case "map":
      return node(MAP, 0, [type.key, type.value]);
    case "struct":
      return node(
        STRUCT,
        0,
        type.fields.map((f) => f.type),
      );
    default:
      return node(INTEGER, NESTED_WIDTHS[type.kind]);
  }
}

function node(kind: number, width: number, children: readonly DataType[] = []): Uint8Array {
  const parts = children.map(nestedShape);
  const bytes = new Uint8Array(parts.reduce((size, part) => size + part.length, NODE_BYTES));
  bytes[0] = kind;
  bytes[1] = width;
  new DataView(bytes.buffer).setUint32(4, bytes.length, true);
  let at = NODE_BYTES;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
