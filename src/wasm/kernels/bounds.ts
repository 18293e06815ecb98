/**
 * True if all `count` values of 1, 2, 4, 8 or 16 bytes lie from `least` to `greatest`, each given by its low and high
 * half; of values up to 8 bytes only the low halves are read. `valid`: a byte a value, 0 = not counted; or 0.
 */
export function withinBounds(
  values: usize,
  count: u32,
  bytes: u32,
  leastLow: u64,
  leastHigh: i64,
  greatestLow: u64,
  greatestHigh: i64,
  valid: usize,
): bool {
  if (bytes == 16)
    return longsWithin(values, count, leastLow, leastHigh, greatestLow, greatestHigh, valid);
  const least = <i64>leastLow;
  const greatest = <i64>greatestLow;
  switch (bytes) {
    case 1:
      return lanesWithin<i8>(values, count, least, greatest, valid);
    case 2:
      return lanesWithin<i16>(values, count, least, greatest, valid);
    case 4:
      return lanesWithin<i32>(values, count, least, greatest, valid);
    default:
      return lanesWithin<i64>(values, count, least, greatest, valid);
  }
}

function lanesWithin<T>(
  values: usize,
  count: u32,
  least: i64,
  greatest: i64,
  valid: usize,
): bool {
  let outside: i64 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const value = <i64>load<T>(values + <usize>i * sizeof<T>());
    const bad: i64 = <i64>(value < least) | <i64>(value > greatest);
    outside |= valid ? bad & <i64>load<u8>(valid + i) : bad;
  }
  return outside == 0;
}

function longsWithin(
  values: usize,
  count: u32,
  leastLow: u64,
  leastHigh: i64,
  greatestLow: u64,
  greatestHigh: i64,
  valid: usize,
): bool {
  for (let i: u32 = 0; i < count; i++) {
    if (valid && !load<u8>(valid + i)) continue;
    const at = values + (<usize>i << 4);
    const low = load<u64>(at);
    const high = load<i64>(at, 8);
    if (high < leastHigh || (high == leastHigh && low < leastLow)) return false;
    if (high > greatestHigh || (high == greatestHigh && low > greatestLow)) return false;
  }
  return true;
}
