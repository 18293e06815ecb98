/** Equal bytes → 1. Reads up to 7 bytes behind the end of both. */
export function refEquals(a: u64, b: u64): u32 {
  if (a == b) return 1;
  const length = <u32>(a >> 32);
  if (length != <u32>(b >> 32)) return 0;
  return bytesEqual(<usize>(<u32>a), <usize>(<u32>b), length) ? 1 : 0;
}

/** True if `length` bytes at two addresses are equal. */
export function bytesEqual(a: usize, b: usize, length: u32): bool {
  const end = a + (length & ~7);
  while (a < end) {
    if (load<u64>(a) != load<u64>(b)) return false;
    a += 8;
    b += 8;
  }
  const rest = length & 7;
  if (!rest) return true;
  return (load<u64>(a) ^ load<u64>(b)) << (64 - (rest << 3)) == 0;
}

/** Bytes as unsigned numbers; a prefix is less than what it begins: -1, 0 or 1. */
export function refCompare(a: u64, b: u64): i32 {
  const lengthA = <u32>(a >> 32);
  const lengthB = <u32>(b >> 32);
  const common = lengthA < lengthB ? lengthA : lengthB;
  let left: usize = <usize>(<u32>a);
  let right: usize = <usize>(<u32>b);
  const end = left + (common & ~7);
  while (left < end) {
    const x = load<u64>(left);
    const y = load<u64>(right);
    if (x != y) return bswap<u64>(x) < bswap<u64>(y) ? -1 : 1;
    left += 8;
    right += 8;
  }
  const rest = common & 7;
  if (rest) {
    const shift = 64 - (rest << 3);
    const x = bswap<u64>(load<u64>(left) << shift);
    const y = bswap<u64>(load<u64>(right) << shift);
    if (x != y) return x < y ? -1 : 1;
  }
  if (lengthA == lengthB) return 0;
  return lengthA < lengthB ? -1 : 1;
}

/** Equal bytes give equal hashes; all 32 bits are mixed. Reads up to 7 bytes behind the end. */
export function refHash(ref: u64): u32 {
  let at: usize = <usize>(<u32>ref);
  const length = <u32>(ref >> 32);
  const end = at + (length & ~7);
  let hash: u64 = <u64>length * 0x9e3779b97f4a7c15;
  while (at < end) {
    hash = (hash ^ load<u64>(at)) * 0xff51afd7ed558ccd;
    hash ^= hash >> 32;
    at += 8;
  }
  const rest = length & 7;
  if (rest) {
    hash = (hash ^ (load<u64>(at) << (64 - (rest << 3)))) * 0xff51afd7ed558ccd;
    hash ^= hash >> 32;
  }
  hash *= 0xc4ceb9fe1a85ec53;
  return <u32>(hash ^ (hash >> 33));
}
