// Tuples of joins and groups begin with { hash: u32, next: u32 }.

/** Puts all groups of an old table of addresses (0 = empty) into a new one of `mask + 1` places, empty so far. */
export function rehashGroups(old: usize, oldEnd: usize, table: usize, mask: u32): void {
  for (; old < oldEnd; old += 4) {
    const tuple = load<u32>(old);
    if (!tuple) continue;
    let place = load<u32>(tuple) & mask;
    while (load<u32>(table + (<usize>place << 2))) place = (place + 1) & mask;
    store<u32>(table + (<usize>place << 2), tuple);
  }
}

/** Chains tuples from `start` to `end`, `size` bytes each, into buckets by hash. Returns how many met an equal hash. */
export function linkTuples(start: usize, end: usize, size: u32, buckets: usize, mask: u32): u32 {
  let same: u32 = 0;
  for (; start < end; start += size) {
    const hash = load<u32>(start);
    const bucket = buckets + (<usize>(hash & mask) << 2);
    const head = load<u32>(bucket);
    for (let other = head; other; other = load<u32>(other, 4)) {
      if (load<u32>(other) == hash) {
        same++;
        break;
      }
    }
    store<u32>(start, head, 4);
    store<u32>(bucket, <u32>start);
  }
  return same;
}

/** The least and greatest integer key of tuples, stored at `out` (two i64, to be set before). `wide`: the key is an i64. */
export function keyRange(start: usize, end: usize, size: u32, offset: u32, wide: bool, out: usize): void {
  let least = load<i64>(out);
  let greatest = load<i64>(out, 8);
  for (let key = start + offset; key < end; key += size) {
    const value = wide ? load<i64>(key) : <i64>load<i32>(key);
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  store<i64>(out, least);
  store<i64>(out, greatest, 8);
}

/** As `linkTuples`, into one bucket for each key from `least` on. Returns how many met an equal key. */
export function linkDirect(
  start: usize,
  end: usize,
  size: u32,
  offset: u32,
  wide: bool,
  least: i64,
  buckets: usize,
): u32 {
  let same: u32 = 0;
  for (; start < end; start += size) {
    const value = wide ? load<i64>(start + offset) : <i64>load<i32>(start + offset);
    const bucket = buckets + (<usize>(value - least) << 2);
    const head = load<u32>(bucket);
    if (head) same++;
    store<u32>(start, head, 4);
    store<u32>(bucket, <u32>start);
  }
  return same;
}

/** Sets the bit of each tuple's key in a bitmap whose first bit stands for `least`. */
export function markKeys(
  start: usize,
  end: usize,
  size: u32,
  offset: u32,
  wide: bool,
  least: i64,
  bitmap: usize,
): void {
  for (let key = start + offset; key < end; key += size) {
    const value = wide ? load<i64>(key) : <i64>load<i32>(key);
    const place = <usize>(value - least);
    const byte = bitmap + (place >> 3);
    store<u8>(byte, load<u8>(byte) | (1 << (<u8>place & 7)));
  }
}
