import { characterAt, isContinuation, lengthOf, refOf, startOf } from "./shared/string-ref";

const HEADER_BYTES: usize = 16;

/** ASCII text in upper or lower case, written to `target`. */
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
 * UTF-8 text in another case by a table: u32 number of entries, of ranges of cased letters, of ranges of what is passed
 * over beside a Σ, u32 0; then entries in order of code point, each u32 code point, u32 bytes of its replacement (up to
 * 8), u64 those bytes; then the ranges in order, u32 first and last. `isLower`: Σ at a word's end becomes ς. `target`
 * has three bytes for each of the text.
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
    const entry = table + HEADER_BYTES + (<usize>middle << 4);
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
    if (isIgnorable(table, point)) continue;
    isAfterLetter = isCased(table, point);
    break;
  }
  if (!isAfterLetter) return false;
  let ahead = next;
  while (ahead < end) {
    const following = characterAt(ahead, end, 1);
    const point = codePoint(ahead, <u32>(following - ahead));
    ahead = following;
    if (isIgnorable(table, point)) continue;
    return !isCased(table, point);
  }
  return true;
}

function isIgnorable(table: usize, point: u32): bool {
  const start = rangesOf(table) + (<usize>load<u32>(table, 4) << 3);
  return isInRanges(start, load<u32>(table, 8), point);
}

function isCased(table: usize, point: u32): bool {
  return isInRanges(rangesOf(table), load<u32>(table, 4), point);
}

@inline
function rangesOf(table: usize): usize {
  return table + HEADER_BYTES + (<usize>load<u32>(table) << 4);
}

function isInRanges(ranges: usize, count: u32, point: u32): bool {
  let low: u32 = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const range = ranges + (<usize>middle << 3);
    if (point < load<u32>(range)) high = middle;
    else if (point > load<u32>(range, 4)) low = middle + 1;
    else return true;
  }
  return false;
}
