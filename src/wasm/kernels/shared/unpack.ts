import { base, LANES_16, LANES_32 } from "./decoder-tables";

/** `groups` times eight values of `width` bits. False where one is above `most`. */
export function unpack<C>(source: usize, target: usize, groups: u32, width: u32, most: u32): bool {
  if (sizeof<C>() == 1 && width < 9) return unpackBytes(source, target, groups, width, most);
  if (sizeof<C>() == 2 && (width < 11 || width == 12 || width == 16))
    return unpackShorts(source, target, groups, width, most);
  if (sizeof<C>() > 1 && width < 26) return unpackWords<C>(source, target, groups, width, most);
  return unpackScalar<C>(source, target, groups * 8, width, most);
}

function unpackBytes(source: usize, target: usize, groups: u32, width: u32, most: u32): bool {
  const table = base + LANES_16 + width * 32;
  const lanes = v128.load(table);
  const factors = v128.load(table, 16);
  const shift = 16 - width;
  let src = source;
  let dst = target;
  let top = i64x2.splat(0);
  const end = target + (groups & ~1) * 8;
  for (; dst < end; dst += 16, src += 2 * width) {
    const low = i16x8.shr_u(i16x8.mul(i8x16.swizzle(v128.load(src), lanes), factors), shift);
    const high = i16x8.shr_u(
      i16x8.mul(i8x16.swizzle(v128.load(src + width), lanes), factors),
      shift,
    );
    const values = i8x16.narrow_i16x8_u(low, high);
    v128.store(dst, values);
    top = i8x16.max_u(top, values);
  }
  if (groups & 1) {
    const low = i16x8.shr_u(i16x8.mul(i8x16.swizzle(v128.load(src), lanes), factors), shift);
    const values = i8x16.narrow_i16x8_u(low, i64x2.splat(0));
    v128.store(dst, values);
    top = i8x16.max_u(top, values);
  }
  return !v128.any_true(i8x16.gt_u(top, i8x16.splat(<u8>most)));
}

function unpackShorts(source: usize, target: usize, groups: u32, width: u32, most: u32): bool {
  const table = base + LANES_16 + width * 32;
  const lanes = v128.load(table);
  const factors = v128.load(table, 16);
  const shift = 16 - width;
  let src = source;
  let top = i64x2.splat(0);
  const end = target + groups * 16;
  for (let dst = target; dst < end; dst += 16, src += width) {
    const values = i16x8.shr_u(i16x8.mul(i8x16.swizzle(v128.load(src), lanes), factors), shift);
    v128.store(dst, values);
    top = i16x8.max_u(top, values);
  }
  return !v128.any_true(i16x8.gt_u(top, i16x8.splat(<u16>most)));
}

function unpackWords<C>(source: usize, target: usize, groups: u32, width: u32, most: u32): bool {
  const table = base + LANES_32 + width * 64;
  const lanes = v128.load(table);
  const factors = v128.load(table, 16);
  const lanes2 = v128.load(table, 32);
  const factors2 = v128.load(table, 48);
  const shift = 32 - width;
  const half = width >> 1;
  let src = source;
  let top = i64x2.splat(0);
  const end = target + groups * 8 * sizeof<C>();
  for (let dst = target; dst < end; dst += 8 * sizeof<C>(), src += width) {
    const low = i32x4.shr_u(i32x4.mul(i8x16.swizzle(v128.load(src), lanes), factors), shift);
    const high = i32x4.shr_u(
      i32x4.mul(i8x16.swizzle(v128.load(src + half), lanes2), factors2),
      shift,
    );
    if (sizeof<C>() == 2) v128.store(dst, i16x8.narrow_i32x4_u(low, high));
    else {
      v128.store(dst, low);
      v128.store(dst, high, 16);
    }
    top = i32x4.max_u(top, i32x4.max_u(low, high));
  }
  return !v128.any_true(i32x4.gt_u(top, i32x4.splat(most)));
}

/** `count` values of `width` bits. False where one is above `most`. */
export function unpackScalar<C>(source: usize, target: usize, count: u32, width: u32, most: u32): bool {
  const mask = <u32>(((<u64>1) << width) - 1);
  let fits = true;
  for (let i: u32 = 0; i < count; i++) {
    const bit = <u64>i * width;
    const value = <u32>(load<u64>(source + <usize>(bit >> 3)) >> (bit & 7)) & mask;
    fits = fits && value <= most;
    store<C>(target + i * sizeof<C>(), <C>value);
  }
  return fits;
}
