/**
 * DELTA_BINARY_PACKED of `count` integers to `dst`, `width` 4 or 8 bytes each; sums wrap. Returns the end of what was
 * read, 0 where the input is corrupt.
 * https://github.com/apache/parquet-format/blob/master/Encodings.md
 */
export function deltaIntegers(
  src: usize,
  end: usize,
  count: u32,
  dst: usize,
  width: u32,
): usize {
  at = src;
  limit = end;
  broken = false;
  const blockValues = varint();
  const miniblocks = varint();
  const total = varint();
  const first = zigzag();
  if (broken || total != <u64>count) return 0;
  if (!miniblocks || miniblocks > 4096 || blockValues > 0x1000000) return 0;
  const perMiniblock = <u32>(blockValues / miniblocks);
  if (!perMiniblock || perMiniblock & 7) return 0;
  if (!count) return at;
  let value = first;
  let left = count - 1;
  let out = dst;
  put(out, value, width);
  out += width;
  while (left) {
    const least = zigzag();
    const widths = at;
    at += <usize>miniblocks;
    if (broken || at > end) return 0;
    for (let m: u32 = 0; m < <u32>miniblocks && left; m++) {
      const bits = <u32>load<u8>(widths + m);
      if (bits > 64) return 0;
      const here = left < perMiniblock ? left : perMiniblock;
      if ((<u64>here * bits + 7) >> 3 > <u64>(end - at)) return 0;
      for (let i: u32 = 0; i < here; i++) {
        value += least + bitsAt(at, <u64>i * bits, bits);
        put(out, value, width);
        out += width;
      }
      const whole = (<u64>perMiniblock * bits) >> 3;
      at = whole > <u64>(end - at) ? end : at + <usize>whole;
      left -= here;
    }
  }
  return at;
}

/** Refs of byte arrays that lie end to end from `src`, of the lengths in i32 at `lengths`. False where they pass `end`. */
export function lengthsToRefs(
  src: usize,
  end: usize,
  count: u32,
  lengths: usize,
  dst: usize,
): bool {
  let from = src;
  for (let i: u32 = 0; i < count; i++) {
    const length = load<u32>(lengths + (i << 2));
    if (<u64>length > <u64>(end - from)) return false;
    store<u64>(dst + (i << 3), (<u64>from) | ((<u64>length) << 32));
    from += length;
  }
  return true;
}

/**
 * The bytes that DELTA_BYTE_ARRAY values need, from the lengths of their prefixes and suffixes in i32; -1 where a
 * prefix is longer than the value before it, or with `width` a value is not of so many bytes.
 */
export function prefixedBytes(prefixes: usize, suffixes: usize, count: u32, width: u32): f64 {
  let bytes: u64 = 0;
  let before: u64 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const prefix = <u64>load<u32>(prefixes + (i << 2));
    if (prefix > before) return -1;
    before = prefix + <u64>load<u32>(suffixes + (i << 2));
    if (width && before != <u64>width) return -1;
    bytes += before;
  }
  return <f64>bytes;
}

/** Puts DELTA_BYTE_ARRAY values together at `bytes`, and refs of them at `dst`. False where the suffixes pass `end`. */
export function joinPrefixed(
  src: usize,
  end: usize,
  count: u32,
  prefixes: usize,
  suffixes: usize,
  bytes: usize,
  dst: usize,
): bool {
  let from = src;
  let out = bytes;
  let before = bytes;
  for (let i: u32 = 0; i < count; i++) {
    const prefix = load<u32>(prefixes + (i << 2));
    const suffix = load<u32>(suffixes + (i << 2));
    if (<u64>suffix > <u64>(end - from)) return false;
    memory.copy(out, before, prefix);
    memory.copy(out + prefix, from, suffix);
    store<u64>(dst + (i << 3), (<u64>out) | ((<u64>(prefix + suffix)) << 32));
    before = out;
    from += suffix;
    out += prefix + suffix;
  }
  return true;
}

/** BYTE_STREAM_SPLIT: the first bytes of all values, then the second bytes, and so on. */
export function unsplitBytes(src: usize, count: u32, dst: usize, width: u32): void {
  for (let k: u32 = 0; k < width; k++) {
    const stream = src + k * count;
    for (let i: u32 = 0; i < count; i++) store<u8>(dst + i * width + k, load<u8>(stream + i));
  }
}

let at: usize = 0;
let limit: usize = 0;
let broken: bool = false;

function put(out: usize, value: i64, width: u32): void {
  if (width == 8) store<i64>(out, value);
  else store<i32>(out, <i32>value);
}

function bitsAt(from: usize, bit: u64, bits: u32): i64 {
  if (!bits) return 0;
  const address = from + <usize>(bit >> 3);
  const shift = bit & 7;
  let value = load<u64>(address) >> shift;
  if (shift + bits > 64) value |= (<u64>load<u8>(address, 8)) << (64 - shift);
  return bits == 64 ? value : value & (((<u64>1) << bits) - 1);
}

function zigzag(): i64 {
  const value = varint();
  return <i64>(value >> 1) ^ -(<i64>(value & 1));
}

function varint(): u64 {
  let value: u64 = 0;
  for (let shift: u64 = 0; shift < 70; shift += 7) {
    if (at >= limit) break;
    const byte = <u64>load<u8>(at++);
    value |= (byte & 127) << shift;
    if (byte < 128) return value;
  }
  broken = true;
  return 0;
}
