import { bytesEqual } from "./refs";
import { find } from "./shared/find";
import { characterAt, countCharacters, countWellCut, isContinuation, lengthOf, startOf } from "./shared/string-ref";

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
  let found = find(begin, end, startOf(needle), lengthOf(needle));
  if (found && (isContinuation(load<u8>(found)) || countWellCut(start, <u32>(end - start)) < 0))
    found = findAtCharacter(begin, end, found, needle);
  return found ? countCharacters(start, <u32>(found - start)) + 1 : 0;
}

/** The first place from `found` on where both the needle and a character begin, or 0. */
function findAtCharacter(start: usize, end: usize, found: usize, needle: u64): usize {
  let place = found;
  let at = start;
  while (place) {
    while (at < place) at = characterAt(at, end, 1);
    if (at == place) return place;
    place = find(at, end, startOf(needle), lengthOf(needle));
  }
  return 0;
}
