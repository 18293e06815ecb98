import type { Hasher } from "./hash-value.ts";

/** MurmurHash3 as Spark has it: the bytes behind the last whole word are words of their own. */
export const MURMUR3: Hasher<number> = {
  int: (value, hash) => finalize(step(hash, value), 4),
  long: (value, hash) => {
    const low = Number(BigInt.asIntN(32, value));
    const high = Number(BigInt.asIntN(32, value >> 32n));
    return finalize(step(step(hash, low), high), 8);
  },
  bytes: (value, seed) => {
    const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
    const whole = value.length & ~3;
    let hash = seed;
    for (let at = 0; at < whole; at += 4) hash = step(hash, view.getInt32(at, true));
    for (let at = whole; at < value.length; at++) hash = step(hash, view.getInt8(at));
    return finalize(hash, value.length);
  },
};

function step(hash: number, word: number): number {
  const scrambled = Math.imul(word, 0xcc9e2d51);
  const mixed = hash ^ Math.imul((scrambled << 15) | (scrambled >>> 17), 0x1b873593);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

function finalize(hash: number, length: number): number {
  let mixed = hash ^ length;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
