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

/** Whether a byte of UTF-8 goes on with a character. */
@inline
export function isContinuation(byte: u32): bool {
  return (byte & 0xc0) == 0x80;
}

/** The number of code points in so many bytes. */
export function countCharacters(start: usize, length: u32): i32 {
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
export function characterAt(start: usize, end: usize, index: i32): usize {
  let at = start;
  let rest = index;
  while (at < end && rest > 0) {
    at++;
    while (at < end && isContinuation(load<u8>(at))) at++;
    rest--;
  }
  return at;
}
