// Each takes `count` values from `src` and writes them in another lane to `dst`; the two do not overlap. Those that
// may fail return whether every value fitted.

const JULIAN_DAY_OF_EPOCH: i64 = 2440588;
const MICROS_PER_DAY: i64 = 86400000000;

/** Keeps the low 8 bits. */
export function i32ToI8(src: usize, count: u32, dst: usize): void {
  for (let i: u32 = 0; i < count; i++) store<u8>(dst + i, load<u8>(src + (i << 2)));
}

/** Keeps the low 16 bits. */
export function i32ToI16(src: usize, count: u32, dst: usize): void {
  for (let i: u32 = 0; i < count; i++) store<u16>(dst + (i << 1), load<u16>(src + (i << 2)));
}

/** Extends with the sign. */
export function i32ToI64(src: usize, count: u32, dst: usize): void {
  for (let i: u32 = 0; i < count; i++) store<i64>(dst + (i << 3), <i64>load<i32>(src + (i << 2)));
}

/** Extends with zeros. */
export function u32ToI64(src: usize, count: u32, dst: usize): void {
  for (let i: u32 = 0; i < count; i++) store<u64>(dst + (i << 3), <u64>load<u32>(src + (i << 2)));
}

/** Integers as doubles. */
export function i32ToF64(src: usize, count: u32, dst: usize): void {
  for (let i: u32 = 0; i < count; i++) store<f64>(dst + (i << 3), <f64>load<i32>(src + (i << 2)));
}

/** Floats as doubles. */
export function f32ToF64(src: usize, count: u32, dst: usize): void {
  for (let i: u32 = 0; i < count; i++) store<f64>(dst + (i << 3), <f64>load<f32>(src + (i << 2)));
}

/** Extends with the sign. */
export function i64ToV128(src: usize, count: u32, dst: usize): void {
  for (let i: u32 = 0; i < count; i++) {
    const value = load<i64>(src + (i << 3));
    store<i64>(dst + (i << 4), value);
    store<i64>(dst + (i << 4), value >> 63, 8);
  }
}

/** Extends with zeros. */
export function u64ToV128(src: usize, count: u32, dst: usize): void {
  for (let i: u32 = 0; i < count; i++) {
    store<u64>(dst + (i << 4), load<u64>(src + (i << 3)));
    store<u64>(dst + (i << 4), 0, 8);
  }
}

/** Multiplies. Fails where a product needs more than 64 bits. */
export function scaleI64(src: usize, count: u32, dst: usize, factor: i64): bool {
  const most = i64.MAX_VALUE / factor;
  let fits = true;
  for (let i: u32 = 0; i < count; i++) {
    const value = load<i64>(src + (i << 3));
    fits = fits && value <= most && value >= -most;
    store<i64>(dst + (i << 3), value * factor);
  }
  return fits;
}

/** Multiplies by a factor below 2^63; the product wraps at 128 bits. */
export function scaleV128(src: usize, count: u32, dst: usize, factor: u64): void {
  const factorLow = factor & 0xffffffff;
  const factorHigh = factor >> 32;
  for (let i: u32 = 0; i < count; i++) {
    const low = load<u64>(src + (i << 4));
    const high = load<u64>(src + (i << 4), 8);
    const a = (low & 0xffffffff) * factorLow;
    const b = (low >> 32) * factorLow + (a >> 32);
    const c = (low & 0xffffffff) * factorHigh + (b & 0xffffffff);
    store<u64>(dst + (i << 4), low * factor);
    store<u64>(
      dst + (i << 4),
      (low >> 32) * factorHigh + (b >> 32) + (c >> 32) + high * factor,
      8,
    );
  }
}

/** Rounds down. */
export function nanosToMicros(src: usize, count: u32, dst: usize): void {
  for (let i: u32 = 0; i < count; i++) {
    const nanos = load<i64>(src + (i << 3));
    const micros = nanos / 1000;
    store<i64>(dst + (i << 3), micros * 1000 > nanos ? micros - 1 : micros);
  }
}

/** Days as microseconds. */
export function daysToMicros(src: usize, count: u32, dst: usize): void {
  for (let i: u32 = 0; i < count; i++)
    store<i64>(dst + (i << 3), <i64>load<i32>(src + (i << 2)) * MICROS_PER_DAY);
}

/** INT96: nanoseconds of the day, then the Julian day. */
export function int96ToMicros(src: usize, count: u32, dst: usize): void {
  for (let i: u32 = 0; i < count; i++) {
    const at = src + i * 12;
    const days = <i64>load<i32>(at, 8) - JULIAN_DAY_OF_EPOCH;
    store<i64>(dst + (i << 3), days * MICROS_PER_DAY + load<i64>(at) / 1000);
  }
}

/** Big-endian two's complement numbers of `width` bytes. Fails where one needs more than 64 bits. */
export function fixedToI64(src: usize, count: u32, dst: usize, width: u32): bool {
  let fits = true;
  for (let i: u32 = 0; i < count; i++) {
    fits = fits && bigEndian(src + i * width, width);
    fits = fits && high == low >> 63;
    store<i64>(dst + (i << 3), low);
  }
  return fits;
}

/** Fails where one needs more than 128 bits. */
export function fixedToV128(src: usize, count: u32, dst: usize, width: u32): bool {
  let fits = true;
  for (let i: u32 = 0; i < count; i++) {
    fits = fits && bigEndian(src + i * width, width);
    store<i64>(dst + (i << 4), low);
    store<i64>(dst + (i << 4), high, 8);
  }
  return fits;
}

/** As `fixedToI64`, of the bytes that refs stand for. */
export function refsToI64(src: usize, count: u32, dst: usize): bool {
  let fits = true;
  for (let i: u32 = 0; i < count; i++) {
    const ref = load<u64>(src + (i << 3));
    fits = fits && bigEndian(<usize>(<u32>ref), <u32>(ref >> 32));
    fits = fits && high == low >> 63;
    store<i64>(dst + (i << 3), low);
  }
  return fits;
}

/** Big-endian bytes as integers of 128 bits; whether all of them fit. */
export function refsToV128(src: usize, count: u32, dst: usize): bool {
  let fits = true;
  for (let i: u32 = 0; i < count; i++) {
    const ref = load<u64>(src + (i << 3));
    fits = fits && bigEndian(<usize>(<u32>ref), <u32>(ref >> 32));
    store<i64>(dst + (i << 4), low);
    store<i64>(dst + (i << 4), high, 8);
  }
  return fits;
}

/** PLAIN byte arrays, each behind its length, as refs. Returns the end of what was read, 0 where that lies behind `end`. */
export function plainToRefs(src: usize, end: usize, count: u32, dst: usize): usize {
  let at = src;
  for (let i: u32 = 0; i < count; i++) {
    if (at + 4 > end) return 0;
    const length = load<u32>(at);
    at += 4;
    if (<u64>length > <u64>(end - at)) return 0;
    store<u64>(dst + (i << 3), (<u64>at) | ((<u64>length) << 32));
    at += length;
  }
  return at;
}

/** Values of `width` bytes that lie end to end, as refs. */
export function fixedToRefs(src: usize, count: u32, dst: usize, width: u32): void {
  for (let i: u32 = 0; i < count; i++)
    store<u64>(dst + (i << 3), (<u64>(src + i * width)) | ((<u64>width) << 32));
}

let low: i64 = 0;
let high: i64 = 0;

/** Into `high` and `low`; false where that is too narrow. */
function bigEndian(at: usize, width: u32): bool {
  if (!width) {
    low = 0;
    high = 0;
    return true;
  }
  const sign: i64 = <i64>load<i8>(at) >> 63;
  let fits = true;
  let skip: u32 = 0;
  if (width > 16) {
    skip = width - 16;
    for (let i: u32 = 0; i < skip; i++) fits = fits && <i64>load<i8>(at + i) == sign;
    fits = fits && (<i64>load<i8>(at + skip)) >> 63 == sign;
  }
  low = sign;
  high = sign;
  for (let i = skip; i < width; i++) {
    high = (high << 8) | (<i64>((<u64>low) >> 56));
    low = (low << 8) | (<i64>load<u8>(at + i));
  }
  return fits;
}
