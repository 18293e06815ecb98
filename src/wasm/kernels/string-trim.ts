import { find } from "./shared/find";
import {
  characterAt,
  countWellCut,
  isContinuation,
  lengthOf,
  refOf,
  startOf,
} from "./shared/string-ref";

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
  if (sides & 2 && countWellCut(at, <u32>(end - at)) < 0) {
    end = lastKept(at, end, set, setEnd);
  } else if (sides & 2) {
    while (at < end) {
      let last = end - 1;
      while (last > at && isContinuation(load<u8>(last))) last--;
      if (!find(set, setEnd, last, <u32>(end - last))) break;
      end = last;
    }
  }
  return refOf(at, <u32>(end - at));
}

/** The end of the last character that is not in the set, where characters are only known from the start. */
function lastKept(start: usize, end: usize, set: usize, setEnd: usize): usize {
  let kept = start;
  for (let at = start; at < end; ) {
    const next = characterAt(at, end, 1);
    if (!find(set, setEnd, at, <u32>(next - at))) kept = next;
    at = next;
  }
  return kept;
}
