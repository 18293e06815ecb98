import { characterAt, countCharacters, lengthOf, refOf, startOf } from "./shared/string-ref";

/** True if all bytes are below 128. */
export function stringIsAscii(ref: u64): u32 {
  let at = startOf(ref);
  let rest = lengthOf(ref);
  while (rest >= 16) {
    if (i8x16.bitmask(v128.load(at))) return 0;
    at += 16;
    rest -= 16;
  }
  return i8x16.bitmask(v128.load(at)) & ((1 << rest) - 1) ? 0 : 1;
}

/** The number of code points of UTF-8 text. */
export function stringLength(ref: u64): i32 {
  return countCharacters(startOf(ref), lengthOf(ref));
}

/** Spark's SUBSTRING by code points: from `position` (1-based, negative from the end). A slice of the same bytes. */
export function stringSubstring(ref: u64, position: i32, length: i32): u64 {
  const size = lengthOf(ref);
  if (stringIsAscii(ref)) return sliceOf(ref, position, length);
  const start = startOf(ref);
  const end = start + size;
  const characters = countCharacters(start, size);
  const from = firstIndex(position, characters);
  const until = lastIndex(from, length, characters);
  const first = max<i32>(from, 0);
  if (until <= first) return refOf(start, 0);
  const begin = characterAt(start, end, first);
  return refOf(begin, <u32>(characterAt(begin, end, until - first) - begin));
}

/** Spark's SUBSTRING by bytes. */
export function bytesSubstring(ref: u64, position: i32, length: i32): u64 {
  return sliceOf(ref, position, length);
}

function sliceOf(ref: u64, position: i32, length: i32): u64 {
  const size = <i32>lengthOf(ref);
  const from = firstIndex(position, size);
  const until = lastIndex(from, length, size);
  const first = max<i32>(from, 0);
  if (until <= first) return refOf(startOf(ref), 0);
  return refOf(startOf(ref) + first, <u32>(until - first));
}

@inline
function firstIndex(position: i32, size: i32): i32 {
  return position > 0 ? position - 1 : position < 0 ? size + position : 0;
}

@inline
function lastIndex(from: i32, length: i32, size: i32): i32 {
  const until = <i64>from + <i64>length;
  return until > <i64>size ? size : until < 0 ? 0 : <i32>until;
}

/** The last `length` code points. */
export function stringRight(ref: u64, length: i32): u64 {
  return length <= 0 ? refOf(startOf(ref), 0) : stringSubstring(ref, -length, length);
}

/** Copies the bytes to an address; the address behind them. */
export function stringAppend(target: usize, ref: u64): usize {
  const length = lengthOf(ref);
  memory.copy(target, startOf(ref), length);
  return target + length;
}
