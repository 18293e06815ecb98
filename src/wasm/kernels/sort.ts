// Entries of 16 bytes: { prefix: u64, tuple: u32, unused: u32 }. A tuple has the ref of its sort key at `keyOffset`;
// keys compare as bytes, and the prefix is the key's first eight, big-endian, zero-filled.

/** Makes an entry of each address in a list. */
export function sortEntries(tuples: usize, count: u32, keyOffset: u32, entries: usize): void {
  for (let i: u32 = 0; i < count; i++) {
    const tuple = load<u32>(tuples + (<usize>i << 2));
    const key = load<u64>(tuple + keyOffset);
    const length = <u32>(key >> 32);
    let prefix = bswap<u64>(load<u64>(<usize>(<u32>key)));
    if (length < 8) prefix = length ? prefix & (~<u64>0 << (64 - (length << 3))) : 0;
    const entry = entries + (<usize>i << 4);
    store<u64>(entry, prefix);
    store<u32>(entry, tuple, 8);
  }
}

// @ts-ignore: decorator
@inline
function comesAfter(a: usize, b: usize, keyOffset: u32): bool {
  const x = load<u64>(a);
  const y = load<u64>(b);
  if (x != y) return x > y;
  return keyCompare(load<u64>(load<u32>(a, 8) + keyOffset), load<u64>(load<u32>(b, 8) + keyOffset)) > 0;
}

/** Sort keys as bytes: negative, 0, positive. */
export function keyCompare(a: u64, b: u64): i32 {
  const lengthA = <u32>(a >> 32);
  const lengthB = <u32>(b >> 32);
  const common = lengthA < lengthB ? lengthA : lengthB;
  const left = <usize>(<u32>a);
  const right = <usize>(<u32>b);
  let i: u32 = 0;
  for (; i + 8 <= common; i += 8) {
    const x = load<u64>(left + i);
    const y = load<u64>(right + i);
    if (x != y) return bswap<u64>(x) < bswap<u64>(y) ? -1 : 1;
  }
  for (; i < common; i++) {
    const x = <i32>load<u8>(left + i);
    const y = <i32>load<u8>(right + i);
    if (x != y) return x - y;
  }
  return <i32>lengthA - <i32>lengthB;
}

const RUN: u32 = 12;

/** Sorts entries, equal ones in the order they came; `spare` is as large. Returns the address of the sorted entries. */
export function sortByKey(entries: usize, count: u32, keyOffset: u32, spare: usize): usize {
  for (let start: u32 = 0; start < count; start += RUN) {
    const end = min(start + RUN, count);
    for (let i = start + 1; i < end; i++) {
      const moved = v128.load(entries + (<usize>i << 4));
      v128.store(spare, moved);
      let j = i;
      while (j > start && comesAfter(entries + (<usize>(j - 1) << 4), spare, keyOffset)) {
        v128.store(entries + (<usize>j << 4), v128.load(entries + (<usize>(j - 1) << 4)));
        j--;
      }
      v128.store(entries + (<usize>j << 4), moved);
    }
  }
  let from = entries;
  let to = spare;
  for (let width: u32 = RUN; width < count; width <<= 1) {
    for (let start: u32 = 0; start < count; start += width << 1) {
      const middle = min(start + width, count);
      const end = min(start + (width << 1), count);
      let left = from + (<usize>start << 4);
      const leftEnd = from + (<usize>middle << 4);
      let right = leftEnd;
      const rightEnd = from + (<usize>end << 4);
      let out = to + (<usize>start << 4);
      while (left < leftEnd && right < rightEnd) {
        if (comesAfter(left, right, keyOffset)) {
          v128.store(out, v128.load(right));
          right += 16;
        } else {
          v128.store(out, v128.load(left));
          left += 16;
        }
        out += 16;
      }
      memory.copy(out, left, leftEnd - left);
      out += leftEnd - left;
      memory.copy(out, right, rightEnd - right);
    }
    const swap = from;
    from = to;
    to = swap;
  }
  return from;
}

/** Writes the tuples of sorted entries as a list of addresses. */
export function entryTuples(entries: usize, count: u32, tuples: usize): void {
  for (let i: u32 = 0; i < count; i++)
    store<u32>(tuples + (<usize>i << 2), load<u32>(entries + (<usize>i << 4), 8));
}

/** Stores the bytes from the highest to the lowest, as sort keys are compared. */
export function writeBigEndian(at: usize, value: u64): void {
  store<u64>(at, bswap<u64>(value));
}

/** The bytes of a text in a sort key, each xor `flip`: 00 becomes 00 01, the end is 00 00. Returns the address behind. */
export function writeSortText(at: usize, text: u64, flip: u32): usize {
  let from = <usize>(<u32>text);
  const end = from + <usize>(text >> 32);
  for (; from < end; from++) {
    const byte = <u32>load<u8>(from);
    store<u8>(at++, byte ^ flip);
    if (!byte) store<u8>(at++, 1 ^ flip);
  }
  store<u8>(at, flip);
  store<u8>(at, flip, 1);
  return at + 2;
}
