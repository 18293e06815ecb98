import { writeSortText } from "./sort";

// Nested values as `columnar/nested-value.ts` has them, and their shapes as `columnar/nested-shape.ts` makes them.

const INTEGER: u8 = 1;
const FLOATING: u8 = 2;
const BYTES: u8 = 3;
const ARRAY: u8 = 4;
const MAP: u8 = 5;
const STRUCT: u8 = 6;
const NODE_BYTES: usize = 8;

let source: usize = 0;
let target: usize = 0;

/** The sort key of a nested value, each byte xor `flip`, written at `at`. Returns the address behind. */
export function writeSortNested(at: usize, value: u64, shape: usize, flip: u32): usize {
  source = <usize>(<u32>value);
  target = at;
  writeValue(shape);
  if (flip) for (let byte = at; byte < target; byte++) store<u8>(byte, load<u8>(byte) ^ flip);
  return target;
}

/** Nulls come first; a list that ends comes before one that goes on. */
function writeValue(shape: usize): void {
  const kind = load<u8>(shape);
  if (kind == INTEGER) writeInteger(load<u8>(shape, 1));
  else if (kind == FLOATING) writeFloating(load<u8>(shape, 1));
  else if (kind == BYTES) {
    const length = load<u32>(source);
    target = writeSortText(target, (<u64>length << 32) | (<u64>source + 4), 0);
    source += 4 + length;
  } else if (kind == ARRAY) {
    const count = load<u32>(source);
    source += 4;
    for (let i: u32 = 0; i < count; i++) writeNullable(shape + NODE_BYTES);
    store<u8>(target++, 0);
  } else if (kind == STRUCT) {
    const end = shape + load<u32>(shape, 4);
    for (let field = shape + NODE_BYTES; field < end; field += load<u32>(field, 4)) writeNullable(field);
  } else abort();
}

function writeNullable(shape: usize): void {
  const present = load<u8>(source++);
  store<u8>(target++, 1 + present);
  if (present) writeValue(shape);
}

/** From the highest byte to the lowest, the sign flipped. */
function writeInteger(width: u32): void {
  for (let i: u32 = 0; i < width; i++) store<u8>(target + i, load<u8>(source + width - 1 - i));
  store<u8>(target, load<u8>(target) ^ 128);
  source += width;
  target += width;
}

/** By the IEEE bits; -0.0 is 0.0, and NaN, of which there is one, the greatest. */
function writeFloating(width: u32): void {
  if (width == 4) {
    let bits = load<i32>(source);
    if (bits == <i32>0x80000000) bits = 0;
    store<u32>(target, bswap<u32>(<u32>(bits ^ ((bits >> 31) | <i32>0x80000000))));
  } else {
    let bits = load<i64>(source);
    if (bits == i64.MIN_VALUE) bits = 0;
    store<u64>(target, bswap<u64>(<u64>(bits ^ ((bits >> 63) | i64.MIN_VALUE))));
  }
  source += width;
  target += width;
}

/** True if a nested value that is not null holds a -0.0. */
export function nestedNegativeZero(value: u64, shape: usize): u32 {
  source = <usize>(<u32>value);
  return value >> 32 != 0 && findNegativeZero(shape, false) ? 1 : 0;
}

/** A copy at `at` of a nested value with 0.0 for every -0.0. */
export function nestedNormalize(at: usize, value: u64, shape: usize): u64 {
  const length = <u32>(value >> 32);
  memory.copy(at, <usize>(<u32>value), length);
  source = at;
  findNegativeZero(shape, true);
  return ((<u64>length) << 32) | (<u64>at);
}

/** Without `mends` stops at the first. */
function findNegativeZero(shape: usize, mends: bool): bool {
  const kind = load<u8>(shape);
  if (kind == INTEGER) source += load<u8>(shape, 1);
  else if (kind == FLOATING) return isNegativeZero(load<u8>(shape, 1), mends);
  else if (kind == BYTES) source += 4 + load<u32>(source);
  else if (kind == STRUCT) {
    const end = shape + load<u32>(shape, 4);
    for (let field = shape + NODE_BYTES; field < end; field += load<u32>(field, 4))
      if (findInNullable(field, mends)) return true;
  } else if (kind == ARRAY || kind == MAP) {
    const count = load<u32>(source);
    source += 4;
    const end = shape + load<u32>(shape, 4);
    for (let i: u32 = 0; i < count; i++)
      for (let part = shape + NODE_BYTES; part < end; part += load<u32>(part, 4))
        if (findInNullable(part, mends)) return true;
  }
  return false;
}

function findInNullable(shape: usize, mends: bool): bool {
  return load<u8>(source++) != 0 && findNegativeZero(shape, mends);
}

function isNegativeZero(width: u32, mends: bool): bool {
  const at = source;
  source += width;
  if (width == 4 ? load<u32>(at) != 0x80000000 : load<i64>(at) != i64.MIN_VALUE) return false;
  if (!mends) return true;
  if (width == 4) store<u32>(at, 0);
  else store<u64>(at, 0);
  return false;
}
