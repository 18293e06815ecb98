import { lengthOf, refOf, startOf } from "./shared/string-ref";

const REPLACEMENT: u32 = 0xbdbfef;

/** 1 where all bytes are well-formed UTF-8 (Unicode's table 3-7). */
export function stringIsWellFormed(ref: u64): u32 {
  let at = startOf(ref);
  const end = at + lengthOf(ref);
  while (at < end) {
    const size = wellFormedSize(at, end);
    if (size == 0) return 0;
    at += size;
  }
  return 1;
}

/**
 * The text with U+FFFD for each piece that is no UTF-8: the longest beginning of a character is one piece, and the
 * encoding of a surrogate is one (`asJava`) or one a byte. `target` has three bytes for each of the text.
 */
export function stringRepair(ref: u64, target: usize, asJava: u32): u64 {
  let at = startOf(ref);
  const end = at + lengthOf(ref);
  let out = target;
  while (at < end) {
    const size = wellFormedSize(at, end);
    if (size > 0) {
      memory.copy(out, at, size);
      out += size;
      at += size;
    } else {
      store<u16>(out, <u16>REPLACEMENT);
      store<u8>(out, <u8>(REPLACEMENT >> 16), 2);
      out += 3;
      at += isSurrogate(at, end) && !asJava ? 1 : brokenSize(at, end);
    }
  }
  return refOf(target, <u32>(out - target));
}

/** The bytes of the well-formed character that begins here, or 0. */
function wellFormedSize(at: usize, end: usize): u32 {
  const lead = <u32>load<u8>(at);
  if (lead < 0x80) return 1;
  const size = sizeOf(lead);
  if (size == 0 || at + size > end) return 0;
  return matching(at, end, lead, size) == size && !isSurrogate(at, end) ? size : 0;
}

/** The bytes of the piece that begins here and is no character. */
function brokenSize(at: usize, end: usize): u32 {
  const lead = <u32>load<u8>(at);
  const size = sizeOf(lead);
  return size == 0 ? 1 : matching(at, end, lead, size);
}

/** How many bytes from here fit a character of `size` bytes that begins with `lead`. */
function matching(at: usize, end: usize, lead: u32, size: u32): u32 {
  let fitting: u32 = 1;
  while (fitting < size && at + fitting < end) {
    const byte = <u32>load<u8>(at + fitting);
    const low: u32 = fitting > 1 ? 0x80 : lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    const high: u32 = fitting == 1 && lead == 0xf4 ? 0x8f : 0xbf;
    if (byte < low || byte > high) break;
    fitting++;
  }
  return fitting;
}

function isSurrogate(at: usize, end: usize): bool {
  return load<u8>(at) == 0xed && at + 1 < end && load<u8>(at, 1) >= 0xa0;
}

function sizeOf(lead: u32): u32 {
  if (lead < 0xc2 || lead > 0xf4) return 0;
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}
