import { bytesEqual } from "../refs";

/** The address of the first `needle` between two addresses, or 0. Compares first and last byte of 16 places at once. */
export function find(start: usize, end: usize, needle: usize, length: u32): usize {
  if (length == 0) return start;
  if (start + length > end) return 0;
  const lastStart = end - length;
  const first = i8x16.splat(load<i8>(needle));
  const last = i8x16.splat(load<i8>(needle + length - 1));
  for (let at = start; at <= lastStart; at += 16) {
    let hits = i8x16.bitmask(
      v128.and(
        i8x16.eq(v128.load(at), first),
        i8x16.eq(v128.load(at + length - 1), last),
      ),
    );
    while (hits) {
      const place = at + <usize>ctz<i32>(hits);
      if (place > lastStart) return 0;
      if (length <= 2 || bytesEqual(place + 1, needle + 1, length - 2)) return place;
      hits &= hits - 1;
    }
  }
  return 0;
}
