import { bytesEqual } from "./refs";
import { find } from "./shared/find";
import { characterAt, lengthOf, startOf } from "./shared/string-ref";

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

/** LIKE of any pattern on UTF-8 text, written with byte 0xFF for `_` and 0xFE for `%`, which UTF-8 text never has. */
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
    retryAt = characterAt(retryAt, end, 1);
    at = retryAt;
    p = retryPattern;
  }
}
