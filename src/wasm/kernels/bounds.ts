/** Whether all `count` values of 4 or 8 bytes lie from `least` to `greatest`. `valid`: a byte a value, 0 = not counted; or 0. */
export function withinBounds(
  values: usize,
  count: u32,
  bytes: u32,
  least: i64,
  greatest: i64,
  valid: usize,
): bool {
  let outside: i64 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const value = bytes == 8 ? load<i64>(values + (<usize>i << 3)) : <i64>load<i32>(values + (<usize>i << 2));
    const bad: i64 = <i64>(value < least) | <i64>(value > greatest);
    outside |= valid ? bad & <i64>load<u8>(valid + i) : bad;
  }
  return outside == 0;
}
