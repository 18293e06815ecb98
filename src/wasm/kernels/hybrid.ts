import { base, LANES_16, writeTables } from "./shared/decoder-tables";
import { unpack, unpackScalar } from "./shared/unpack";

/** Writes the decoder's tables; before anything else of the decoder is called. */
export function initDecoder(tables: usize): void {
  writeTables(tables);
}

/**
 * RLE / bit-packed hybrid of `count` values to codes of one byte. Returns the end of what was read, 0 where the input
 * is corrupt or a value is not below `limit`. May write 32 bytes behind the codes.
 */
export function hybrid8(src: usize, end: usize, width: u32, count: u32, dst: usize, limit: u32): usize {
  if (!width || width > 8 || !limit) return hybrid<u8>(src, end, width, count, dst, limit);
  return hybridBytes(src, end, width, count, dst, limit);
}

/** As `hybrid8`, to codes of two bytes. */
export function hybrid16(src: usize, end: usize, width: u32, count: u32, dst: usize, limit: u32): usize {
  return hybrid<u16>(src, end, width, count, dst, limit);
}

/** As `hybrid8`, to codes of four bytes. */
export function hybrid32(src: usize, end: usize, width: u32, count: u32, dst: usize, limit: u32): usize {
  return hybrid<u32>(src, end, width, count, dst, limit);
}

/** PLAIN booleans: `count` bits, lowest first, to one byte each. May write 15 bytes behind. */
export function unpackBits(src: usize, count: u32, dst: usize): void {
  unpack<u8>(src, dst, (count + 7) >> 3, 1, 1);
}

/** How many of `count` bytes, each 0 or 1, are 1. */
export function countOnes(at: usize, count: u32): u32 {
  let sums = i64x2.splat(0);
  const whole = count & ~15;
  for (let i: u32 = 0; i < whole; i += 16)
    sums = i32x4.add(
      sums,
      i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(v128.load(at + i))),
    );
  let ones =
    i32x4.extract_lane(sums, 0) +
    i32x4.extract_lane(sums, 1) +
    i32x4.extract_lane(sums, 2) +
    i32x4.extract_lane(sums, 3);
  for (let i = whole; i < count; i++) ones += load<u8>(at + i);
  return ones;
}

/** `hybrid<u8>` for 1 to 8 bits, made for many short runs: what all runs share is kept in locals. */
function hybridBytes(
  source: usize,
  end: usize,
  width: u32,
  count: u32,
  target: usize,
  limit: u32,
): usize {
  const table = base + LANES_16 + width * 32;
  const lanes = v128.load(table);
  const factors = v128.load(table, 16);
  const shift = 16 - width;
  const targetEnd = target + count;
  let src = source;
  let dst = target;
  let top = i64x2.splat(0);
  while (dst < targetEnd) {
    if (src >= end) return 0;
    let header = <u32>load<u8>(src++);
    if (header & 128) {
      header &= 127;
      let shiftBy: u32 = 7;
      let byte: u32;
      do {
        if (src >= end || shiftBy > 28) return 0;
        byte = load<u8>(src++);
        header |= (byte & 127) << shiftBy;
        shiftBy += 7;
      } while (byte & 128);
    }
    const run = header >> 1;
    if (!(header & 1)) {
      if (run > <u32>(targetEnd - dst) || src >= end) return 0;
      const repeated = i8x16.splat(load<u8>(src++));
      top = i8x16.max_u(top, repeated);
      v128.store(dst, repeated);
      const runEnd = dst + run;
      for (let at = dst + 16; at < runEnd; at += 16) v128.store(at, repeated);
      dst = runEnd;
      continue;
    }
    const left = <u32>(targetEnd - dst);
    const whole = run < left >> 3 ? run : left >> 3;
    if (<u64>src + <u64>whole * width > <u64>end) return 0;
    const pairsEnd = dst + (whole & ~1) * 8;
    for (; dst < pairsEnd; dst += 16, src += 2 * width) {
      const low = i16x8.shr_u(i16x8.mul(i8x16.swizzle(v128.load(src), lanes), factors), shift);
      const high = i16x8.shr_u(
        i16x8.mul(i8x16.swizzle(v128.load(src + width), lanes), factors),
        shift,
      );
      const values = i8x16.narrow_i16x8_u(low, high);
      v128.store(dst, values);
      top = i8x16.max_u(top, values);
    }
    if (whole & 1) {
      const values = i8x16.narrow_i16x8_u(
        i16x8.shr_u(i16x8.mul(i8x16.swizzle(v128.load(src), lanes), factors), shift),
        i64x2.splat(0),
      );
      v128.store(dst, values);
      top = i8x16.max_u(top, values);
      src += width;
      dst += 8;
    }
    if (run > whole) {
      const rest = <u32>(targetEnd - dst);
      if (src + ((rest * width + 7) >> 3) > end) return 0;
      if (!unpackScalar<u8>(src, dst, rest, width, limit - 1)) return 0;
      const more = (<u64>run - whole) * width;
      src = more > <u64>(end - src) ? end : src + <usize>more;
      dst = targetEnd;
    }
  }
  const most = limit > 255 ? 255 : limit - 1;
  return v128.any_true(i8x16.gt_u(top, i8x16.splat(<u8>most))) ? 0 : src;
}

/** Codes of any width, a run at a time. */
function hybrid<C>(
  source: usize,
  end: usize,
  width: u32,
  count: u32,
  target: usize,
  limit: u32,
): usize {
  if (width > 32 || (count && !limit)) return 0;
  if (!width) {
    memory.fill(target, 0, count * sizeof<C>());
    return source;
  }
  const valueBytes = (width + 7) >> 3;
  const valueMask = <u32>(((<u64>1) << width) - 1);
  const most = valueMask < limit - 1 ? valueMask : limit - 1;
  let src = source;
  let dst = target;
  let left = count;
  while (left) {
    let header: u32 = 0;
    let shift: u32 = 0;
    let byte: u32;
    do {
      if (src >= end || shift > 28) return 0;
      byte = load<u8>(src++);
      header |= (byte & 127) << shift;
      shift += 7;
    } while (byte & 128);
    const run = header >> 1;
    if (header & 1) {
      const whole = run < left >> 3 ? run : left >> 3;
      if (<u64>src + <u64>whole * width > <u64>end) return 0;
      if (!unpack<C>(src, dst, whole, width, most)) return 0;
      dst += whole * 8 * sizeof<C>();
      left -= whole * 8;
      if (run == whole) {
        src += whole * width;
        continue;
      }
      // The padding of the last group is not checked: it may hold anything, or be cut off.
      src += whole * width;
      if (src + ((left * width + 7) >> 3) > end) return 0;
      if (!unpackScalar<C>(src, dst, left, width, most)) return 0;
      const rest = (<u64>run - whole) * width;
      return rest > <u64>(end - src) ? end : src + <usize>rest;
    }
    if (run > left || src + valueBytes > end) return 0;
    const value = load<u32>(src) & (0xffffffff >>> (32 - (valueBytes << 3)));
    src += valueBytes;
    if (value > most) return 0;
    fill<C>(dst, run, value);
    dst += run * sizeof<C>();
    left -= run;
  }
  return src;
}

function fill<C>(target: usize, count: u32, value: u32): void {
  const end = target + count * sizeof<C>();
  const repeated =
    sizeof<C>() == 1
      ? i8x16.splat(<u8>value)
      : sizeof<C>() == 2
        ? i16x8.splat(<u16>value)
        : i32x4.splat(value);
  for (let at = target; at < end; at += 16) v128.store(at, repeated);
}
