import { bytesEqual } from "./refs";

// A `ref` is a u64: address in the low 32 bits, length in bytes in the high 32. Reads go up to 15 bytes behind an end.

@inline
function startOf(ref: u64): usize {
  return <usize>(<u32>ref);
}

@inline
function lengthOf(ref: u64): u32 {
  return <u32>(ref >> 32);
}

@inline
function refOf(address: usize, length: u32): u64 {
  return <u64>(<u32>address) | (<u64>length << 32);
}

@inline
function isContinuation(byte: u32): bool {
  return (byte & 0xc0) == 0x80;
}

/** Whether all bytes are below 128. */
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

function countCharacters(start: usize, length: u32): i32 {
  const limit = i8x16.splat(-64);
  let at = start;
  let rest = length;
  let count = 0;
  while (rest >= 16) {
    count += popcnt<i32>(i8x16.bitmask(i8x16.ge_s(v128.load(at), limit)));
    at += 16;
    rest -= 16;
  }
  const tail = i8x16.bitmask(i8x16.ge_s(v128.load(at), limit)) & ((1 << rest) - 1);
  return count + popcnt<i32>(tail);
}

/** The address of character number `index` from 0, or the end where there are not so many. */
function characterAt(start: usize, end: usize, index: i32): usize {
  let at = start;
  let rest = index;
  while (at < end && rest > 0) {
    at++;
    while (at < end && isContinuation(load<u8>(at))) at++;
    rest--;
  }
  return at;
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

/** 1 where the string starts with the prefix, else 0. */
export function stringStartsWith(ref: u64, prefix: u64): u32 {
  const length = lengthOf(prefix);
  if (length > lengthOf(ref)) return 0;
  return bytesEqual(startOf(ref), startOf(prefix), length) ? 1 : 0;
}

/** 1 where the string ends with the suffix, else 0. */
export function stringEndsWith(ref: u64, suffix: u64): u32 {
  const length = lengthOf(suffix);
  const size = lengthOf(ref);
  if (length > size) return 0;
  return bytesEqual(startOf(ref) + (size - length), startOf(suffix), length) ? 1 : 0;
}

/** 1 where the needle stands in the string, else 0. */
export function stringContains(ref: u64, needle: u64): u32 {
  const start = startOf(ref);
  return find(start, start + lengthOf(ref), startOf(needle), lengthOf(needle)) ? 1 : 0;
}

/** The place from 1 of the first `needle` at or behind code point `from` (from 1), or 0. */
export function stringLocate(ref: u64, needle: u64, from: i32): i32 {
  if (from < 1) return 0;
  const start = startOf(ref);
  const end = start + lengthOf(ref);
  if (lengthOf(needle) == 0) return 1;
  const begin = characterAt(start, end, from - 1);
  const found = find(begin, end, startOf(needle), lengthOf(needle));
  return found ? countCharacters(start, <u32>(found - start)) + 1 : 0;
}

/** The address of the first `needle` between two addresses, or 0. Compares first and last byte of 16 places at once. */
function find(start: usize, end: usize, needle: usize, length: u32): usize {
  if (length == 0) return start;
  if (start + length > end) return 0;
  const lastStart = end - length;
  const first = i8x16.splat(load<i8>(needle));
  const last = i8x16.splat(load<i8>(needle + length - 1));
  for (let at = start; at <= lastStart; at += 16) {
    let hits = i8x16.bitmask(
      v128.and(
        i8x16.eq(v128.load(at), first),
        i8x16.eq(v128.load(at + length - 1), last),
      ),
    );
    while (hits) {
      const place = at + <usize>ctz<i32>(hits);
      if (place > lastStart) return 0;
      if (length <= 2 || bytesEqual(place + 1, needle + 1, length - 2)) return place;
      hits &= hits - 1;
    }
  }
  return 0;
}

/**
 * LIKE of parts between `%` without `_`. The program: u32 number of parts, u32 flags (1: the first part is a prefix,
 * 2: the last is a suffix), then for each part its u32 length and u32 offset from the program's address.
 */
export function likeParts(ref: u64, program: usize): u32 {
  let at = startOf(ref);
  let end = at + lengthOf(ref);
  let parts = load<u32>(program);
  const flags = load<u32>(program, 4);
  let part = program + 8;
  if (flags & 1) {
    const length = load<u32>(part);
    if (at + length > end || !bytesEqual(at, program + load<u32>(part, 4), length)) return 0;
    at += length;
    part += 8;
    parts--;
  }
  if (flags & 2) {
    parts--;
    const length = load<u32>(part + (parts << 3));
    const text = program + load<u32>(part + (parts << 3), 4);
    if (at + length > end || !bytesEqual(end - length, text, length)) return 0;
    end -= length;
  }
  for (; parts; parts--) {
    const length = load<u32>(part);
    at = find(at, end, program + load<u32>(part, 4), length);
    if (!at) return 0;
    at += length;
    part += 8;
  }
  return 1;
}

const ANY_CHARACTER: u32 = 0xff;
const ANY_CHARACTERS: u32 = 0xfe;

/** LIKE of any pattern, written with byte 0xFF for `_` and 0xFE for `%`, which UTF-8 text never has. */
export function likePattern(ref: u64, pattern: u64): u32 {
  let at = startOf(ref);
  const end = at + lengthOf(ref);
  let p = startOf(pattern);
  const patternEnd = p + lengthOf(pattern);
  let retryPattern: usize = 0;
  let retryAt: usize = 0;
  while (true) {
    if (p < patternEnd) {
      const op = load<u8>(p);
      if (op == ANY_CHARACTERS) {
        p++;
        retryPattern = p;
        retryAt = at;
        continue;
      }
      if (at < end && (op == ANY_CHARACTER || op == load<u8>(at))) {
        at = op == ANY_CHARACTER ? characterAt(at, end, 1) : at + 1;
        p++;
        continue;
      }
    } else if (at == end) return 1;
    if (!retryPattern || retryAt >= end) return 0;
    retryAt++;
    at = retryAt;
    p = retryPattern;
  }
}

/** Without spaces (U+0020) at the start (sides & 1) and the end (sides & 2). A slice of the same bytes. */
export function stringTrim(ref: u64, sides: u32): u64 {
  let at = startOf(ref);
  let end = at + lengthOf(ref);
  if (sides & 1) while (at < end && load<u8>(at) == 0x20) at++;
  if (sides & 2) while (at < end && load<u8>(end - 1) == 0x20) end--;
  return refOf(at, <u32>(end - at));
}

/** As `stringTrim`, of all characters of `characters`. */
export function stringTrimCharacters(ref: u64, characters: u64, sides: u32): u64 {
  const set = startOf(characters);
  const setEnd = set + lengthOf(characters);
  let at = startOf(ref);
  let end = at + lengthOf(ref);
  if (sides & 1) {
    while (at < end) {
      const next = characterAt(at, end, 1);
      if (!find(set, setEnd, at, <u32>(next - at))) break;
      at = next;
    }
  }
  if (sides & 2) {
    while (at < end) {
      let last = end - 1;
      while (last > at && isContinuation(load<u8>(last))) last--;
      if (!find(set, setEnd, last, <u32>(end - last))) break;
      end = last;
    }
  }
  return refOf(at, <u32>(end - at));
}

/** Copies the bytes to an address; the address behind them. */
export function stringAppend(target: usize, ref: u64): usize {
  const length = lengthOf(ref);
  memory.copy(target, startOf(ref), length);
  return target + length;
}

/** ASCII text in upper (`add` 0: from a–z) or lower (from A–Z) case, written to `target`. */
export function asciiCase(ref: u64, target: usize, toUpper: u32): u64 {
  const low = i8x16.splat(toUpper ? 0x61 : 0x41);
  const high = i8x16.splat(toUpper ? 0x7a : 0x5a);
  const flip = i8x16.splat(0x20);
  const start = startOf(ref);
  const length = lengthOf(ref);
  for (let i: u32 = 0; i < length; i += 16) {
    const text = v128.load(start + i);
    const letters = v128.and(i8x16.ge_s(text, low), i8x16.le_s(text, high));
    v128.store(target + i, v128.xor(text, v128.and(letters, flip)));
  }
  return refOf(target, length);
}

/**
 * Text in another case by a table: u32 number of entries, then entries in order of code point, each u32 code point,
 * u32 bytes of its replacement (up to 8), u64 those bytes. `isLower`: Σ at a word's end becomes ς. `target` has three
 * bytes for each of the text.
 */
export function stringCase(ref: u64, target: usize, table: usize, isLower: u32): u64 {
  const start = startOf(ref);
  const end = start + lengthOf(ref);
  let at = start;
  let out = target;
  while (at < end) {
    const next = characterAt(at, end, 1);
    const size = <u32>(next - at);
    const point = codePoint(at, size);
    const entry = caseEntry(table, point);
    if (isLower && point == 0x3a3 && isFinalSigma(start, at, next, end, table)) {
      store<u16>(out, 0x82cf);
      out += 2;
    } else if (entry) {
      store<u64>(out, load<u64>(entry, 8));
      out += load<u32>(entry, 4);
    } else {
      memory.copy(out, at, size);
      out += size;
    }
    at = next;
  }
  return refOf(target, <u32>(out - target));
}

function codePoint(at: usize, size: u32): u32 {
  const lead = <u32>load<u8>(at);
  if (size == 1) return lead;
  let point = size == 2 ? lead & 0x1f : size == 3 ? lead & 0x0f : lead & 0x07;
  for (let i: u32 = 1; i < size; i++) point = (point << 6) | (load<u8>(at + i) & 0x3f);
  return point;
}

function caseEntry(table: usize, point: u32): usize {
  let low: u32 = 0;
  let high = load<u32>(table);
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = table + 8 + (<usize>middle << 4);
    const found = load<u32>(entry);
    if (found == point) return entry;
    if (found < point) low = middle + 1;
    else high = middle;
  }
  return 0;
}

/** Behind a cased letter and not before one, marks and apostrophes not counted. */
function isFinalSigma(start: usize, at: usize, next: usize, end: usize, table: usize): bool {
  let back = at;
  let isAfterLetter = false;
  while (back > start) {
    let previous = back - 1;
    while (previous > start && isContinuation(load<u8>(previous))) previous--;
    const point = codePoint(previous, <u32>(back - previous));
    back = previous;
    if (isIgnorable(point)) continue;
    isAfterLetter = isCased(table, point);
    break;
  }
  if (!isAfterLetter) return false;
  let ahead = next;
  while (ahead < end) {
    const following = characterAt(ahead, end, 1);
    const point = codePoint(ahead, <u32>(following - ahead));
    ahead = following;
    if (isIgnorable(point)) continue;
    return !isCased(table, point);
  }
  return true;
}

@inline
function isIgnorable(point: u32): bool {
  return (
    point == 0x27 || point == 0x2e || point == 0x3a || point == 0xad || point == 0xb7 ||
    point == 0x2019 || (point >= 0x300 && point <= 0x36f)
  );
}

/** Behind the table's entries lie, sorted, the lower-case letters: u32 number of them at offset 4. */
function isCased(table: usize, point: u32): bool {
  if (caseEntry(table, point)) return true;
  let low: u32 = 0;
  let high = load<u32>(table, 4);
  const letters = table + 8 + (<usize>load<u32>(table) << 4);
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = load<u32>(letters + (<usize>middle << 2));
    if (found == point) return true;
    if (found < point) low = middle + 1;
    else high = middle;
  }
  return false;
}
