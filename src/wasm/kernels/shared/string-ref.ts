// A `ref` is a u64: address in the low 32 bits, length in bytes in the high 32. Reads go up to 15 bytes behind an end.

/** The address of a string's first byte. */
@inline
export function startOf(ref: u64): usize {
  return <usize>(<u32>ref);
}

/** A string's length in bytes. */
@inline
export function lengthOf(ref: u64): u32 {
  return <u32>(ref >> 32);
}

/** The string at an address. */
@inline
export function refOf(address: usize, length: u32): u64 {
  return <u64>(<u32>address) | (<u64>length << 32);
}

/** True if a byte of UTF-8 goes on with a character. */
@inline
export function isContinuation(byte: u32): bool {
  return (byte & 0xc0) == 0x80;
}

/** How many bytes a character has by its first one; 1 where no character begins with it. Spark's rule, for any bytes. */
@inline
export function sizeByLead(lead: u32): u32 {
  if (lead < 0xc2 || lead > 0xf4) return 1;
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/** The number of characters in so many bytes, as many as `characterAt` finds. */
export function countCharacters(start: usize, length: u32): i32 {
  const count = countWellCut(start, length);
  return count < 0 ? countByLead(start, start + length) : count;
}

/**
 * The number of characters where each first byte has as many continuation bytes behind it as it says, but for the last
 * character, which may be cut off; else -1.
 */
export function countWellCut(start: usize, length: u32): i32 {
  let at = start;
  let rest = length;
  let count = 0;
  let carry: u32 = 0;
  while (rest > 0) {
    const inside: u32 = rest >= 16 ? 0xffff : (1 << rest) - 1;
    const bytes = v128.load(at);
    const high = <u32>i8x16.bitmask(bytes) & inside;
    if (high | carry) {
      const two = <u32>i8x16.bitmask(i8x16.ge_u(bytes, i8x16.splat(<i8>0xc0))) & inside;
      const three = <u32>i8x16.bitmask(i8x16.ge_u(bytes, i8x16.splat(<i8>0xe0))) & inside;
      const four = <u32>i8x16.bitmask(i8x16.ge_u(bytes, i8x16.splat(<i8>0xf0))) & inside;
      const none = <u32>i8x16.bitmask(
        v128.or(
          i8x16.eq(v128.and(bytes, i8x16.splat(<i8>0xfe)), i8x16.splat(<i8>0xc0)),
          i8x16.ge_u(bytes, i8x16.splat(<i8>0xf5)),
        ),
      );
      const expected = (two << 1) | (three << 2) | (four << 3);
      const continuations = high & ~two;
      if (((expected | carry) & inside) != continuations || (none & inside)) return -1;
      carry = expected >> 16;
      count -= popcnt<i32>(continuations);
    }
    if (rest < 16) return count + <i32>rest;
    count += 16;
    at += 16;
    rest -= 16;
  }
  return count;
}

function countByLead(start: usize, end: usize): i32 {
  let count = 0;
  for (let at = start; at < end; at += sizeByLead(load<u8>(at))) count++;
  return count;
}

/** The address of character number `index` from 0, or the end where there are not so many. */
export function characterAt(start: usize, end: usize, index: i32): usize {
  let at = start;
  for (let rest = index; rest > 0 && at < end; rest--) at += sizeByLead(load<u8>(at));
  return at < end ? at : end;
}
