/**
 * Rows grouped by partition, stable: `order` gets the row numbers, `starts` where each partition begins in it
 * (`partitions + 1` numbers).
 */
export function arrowPartitionOrder(
  partitionOf: usize,
  rows: u32,
  partitions: u32,
  starts: usize,
  order: usize,
): void {
  memory.fill(starts, 0, (<usize>partitions + 1) << 2);
  for (let row: u32 = 0; row < rows; row++) {
    const slot = starts + ((<usize>load<u32>(partitionOf + (<usize>row << 2)) + 1) << 2);
    store<u32>(slot, load<u32>(slot) + 1);
  }
  let sum: u32 = 0;
  for (let p: u32 = 0; p <= partitions; p++) {
    const slot = starts + (<usize>p << 2);
    sum += load<u32>(slot);
    store<u32>(slot, sum);
  }
  for (let row: u32 = 0; row < rows; row++) {
    const slot = starts + (<usize>load<u32>(partitionOf + (<usize>row << 2)) << 2);
    const at = load<u32>(slot);
    store<u32>(slot, at + 1);
    store<u32>(order + (<usize>at << 2), row);
  }
  for (let p = partitions; p > 0; p--)
    store<u32>(starts + (<usize>p << 2), load<u32>(starts + (<usize>(p - 1) << 2)));
  store<u32>(starts, 0);
}

/** The dictionary entry of each row in `order` (address 0: rows 0, 1, 2 …). */
export function arrowCodes(codes: usize, codeBytes: u32, order: usize, count: u32, index: usize): void {
  if (codeBytes == 1) codesOf<u8>(codes, order, count, index);
  else if (codeBytes == 2) codesOf<u16>(codes, order, count, index);
  else codesOf<u32>(codes, order, count, index);
}

// @ts-ignore: decorator
@inline
function codesOf<T>(codes: usize, order: usize, count: u32, index: usize): void {
  const end = index + (<usize>count << 2);
  if (!order) {
    for (; index < end; index += 4, codes += sizeof<T>()) store<u32>(index, <u32>load<T>(codes));
    return;
  }
  for (; index < end; index += 4, order += 4)
    store<u32>(index, <u32>load<T>(codes + <usize>load<u32>(order) * sizeof<T>()));
}

/**
 * Values at `index` (address 0: 0, 1, 2 …), one after the other, signed whole numbers widened from `1 << from` bytes to
 * `1 << to`. Equal widths take any values.
 */
export function arrowGather(values: usize, from: u32, index: usize, count: u32, out: usize, to: u32): void {
  if (!index) {
    if (from == to) memory.copy(out, values, <usize>count << to);
    else widenAll(values, from, count, out, to);
    return;
  }
  switch ((from << 3) | to) {
    case 0: return gather<u8>(values, index, count, out);
    case 9: return gather<u16>(values, index, count, out);
    case 18: return gather<u32>(values, index, count, out);
    case 27: return gather<u64>(values, index, count, out);
    case 36: return gather<v128>(values, index, count, out);
    default: return gatherWider(values, from, index, count, out, to);
  }
}

// @ts-ignore: decorator
@inline
function gather<T>(values: usize, index: usize, count: u32, out: usize): void {
  const end = index + (<usize>count << 2);
  for (; index < end; index += 4, out += sizeof<T>())
    store<T>(out, load<T>(values + <usize>load<u32>(index) * sizeof<T>()));
}

// @ts-ignore: decorator
@inline
function signedAt(address: usize, shift: u32): i64 {
  switch (shift) {
    case 0: return <i64>load<i8>(address);
    case 1: return <i64>load<i16>(address);
    case 2: return <i64>load<i32>(address);
    default: return load<i64>(address);
  }
}

// @ts-ignore: decorator
@inline
function storeSigned(address: usize, shift: u32, value: i64): void {
  switch (shift) {
    case 1: return store<i16>(address, <i16>value);
    case 2: return store<i32>(address, <i32>value);
    case 3: return store<i64>(address, value);
    default: {
      store<i64>(address, value);
      store<i64>(address + 8, value >> 63);
    }
  }
}

function gatherWider(values: usize, from: u32, index: usize, count: u32, out: usize, to: u32): void {
  for (let i: usize = 0; i < <usize>count; i++)
    storeSigned(out + (i << to), to, signedAt(values + (<usize>load<u32>(index + (i << 2)) << from), from));
}

function widenAll(values: usize, from: u32, count: u32, out: usize, to: u32): void {
  for (let i: usize = 0; i < <usize>count; i++)
    storeSigned(out + (i << to), to, signedAt(values + (i << from), from));
}

/** The validity bytes of the rows in `order` (address 0: rows 0, 1, 2 …). */
export function arrowGatherValidity(validity: usize, order: usize, count: u32, out: usize): void {
  if (!order) {
    memory.copy(out, validity, count);
    return;
  }
  gather<u8>(validity, order, count, out);
}

/** The bytes of all strings at `index`, those of null rows (`validity` of the rows in `order`) not counted. */
export function arrowStringBytes(refs: usize, index: usize, validity: usize, order: usize, count: u32): f64 {
  let sum: u64 = 0;
  for (let i: usize = 0; i < <usize>count; i++) {
    if (!isValid(validity, order, i)) continue;
    const at: usize = index ? <usize>load<u32>(index + (i << 2)) : i;
    sum += <u64>load<u32>(refs + (at << 3) + 4);
  }
  return <f64>sum;
}

// @ts-ignore: decorator
@inline
function isValid(validity: usize, order: usize, i: usize): bool {
  if (!validity) return true;
  return load<u8>(validity + (order ? <usize>load<u32>(order + (i << 2)) : i)) != 0;
}

/**
 * Copies strings one after the other to `bytes`, behind the `offsets[0]` bytes that are there, and writes the offsets
 * after the first. Null rows are empty. Writes up to 15 bytes past the end.
 */
export function arrowCopyStrings(
  refs: usize,
  index: usize,
  validity: usize,
  order: usize,
  count: u32,
  offsets: usize,
  bytes: usize,
): void {
  let offset = load<u32>(offsets);
  for (let i: usize = 0; i < <usize>count; i++) {
    if (isValid(validity, order, i)) {
      const at: usize = index ? <usize>load<u32>(index + (i << 2)) : i;
      const ref = load<u64>(refs + (at << 3));
      const length = <u32>(ref >> 32);
      copyBytes(bytes + <usize>offset, <usize>(<u32>ref), <usize>length);
      offset += length;
    }
    offsets += 4;
    store<u32>(offsets, offset);
  }
}

// @ts-ignore: decorator
@inline
function copyBytes(to: usize, from: usize, length: usize): void {
  if (length > 64) {
    memory.copy(to, from, length);
    return;
  }
  const end = to + length;
  while (to < end) {
    v128.store(to, v128.load(from));
    to += 16;
    from += 16;
  }
}

/** Bytes of 0 and 1 as bits, lowest first; up to 16 bytes of input past the end are read, and 2 of output written. */
export function arrowPackBits(bytes: usize, count: u32, bits: usize): void {
  const end = bytes + <usize>count;
  const zero = i8x16.splat(0);
  for (; bytes < end; bytes += 16, bits += 2)
    store<u16>(bits, <u16>i8x16.bitmask(i8x16.ne(v128.load(bytes), zero)));
  const spare = <u32>(bytes - end);
  if (spare) {
    const last = bits - 2;
    store<u16>(last, <u16>(<u32>load<u16>(last) & ((1 << (16 - spare)) - 1)));
  }
}

/** Bits as bytes of 0 and 1; up to 16 bytes past the end are written. */
export function arrowUnpackBits(bits: usize, count: u32, bytes: usize): void {
  const end = bytes + <usize>count;
  const masks = i8x16(1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128);
  const one = i8x16.splat(1);
  for (; bytes < end; bytes += 16, bits += 2) {
    const two = i16x8.splat(load<i16>(bits));
    const spread = i8x16.shuffle(two, two, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1);
    v128.store(bytes, v128.and(i8x16.eq(v128.and(spread, masks), masks), one));
  }
}

/** How many of `count` bytes are 0. */
export function arrowCountNulls(validity: usize, count: u32): u32 {
  let nulls: u32 = 0;
  const end = validity + <usize>count;
  for (; validity < end; validity++) nulls += load<u8>(validity) == 0 ? 1 : 0;
  return nulls;
}

/**
 * References to the strings between offsets, which count from `base`. Returns 0, or 1 where an offset lies before the
 * one before it or past `limit` bytes.
 */
export function arrowRefs(offsets: usize, count: u32, base: usize, limit: u32, refs: usize): u32 {
  let from = load<u32>(offsets);
  if (from > limit) return 1;
  const end = refs + (<usize>count << 3);
  for (; refs < end; refs += 8) {
    offsets += 4;
    const to = load<u32>(offsets);
    if (to < from || to > limit) return 1;
    store<u32>(refs, <u32>(base + <usize>from));
    store<u32>(refs + 4, to - from);
    from = to;
  }
  return 0;
}
