import type { Hasher } from "./hash-value.ts";

const PRIME1 = 0x9e3779b185ebca87n;
const PRIME2 = 0xc2b2ae3d27d4eb4fn;
const PRIME3 = 0x165667b19e3779f9n;
const PRIME4 = 0x85ebca77c2b2ae63n;
const PRIME5 = 0x27d4eb2f165667c5n;

const u64 = (value: bigint): bigint => BigInt.asUintN(64, value);
const rotate = (value: bigint, by: bigint): bigint => u64((value << by) | (value >> (64n - by)));

/** xxHash of 64 bits. Source: Yann Collet's specification. Hashes are signed longs. */
export const XXHASH64: Hasher<bigint> = {
  int: (value, seed) => {
    const word = u64(BigInt(value >>> 0));
    let hash = u64(u64(seed) + PRIME5 + 4n) ^ u64(word * PRIME1);
    hash = u64(rotate(hash, 23n) * PRIME2 + PRIME3);
    return avalanche(hash);
  },
  long: (value, seed) => avalanche(mixLong(u64(u64(seed) + PRIME5 + 8n), u64(value))),
  bytes: (value, seed) => {
    const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
    let at = 0;
    let hash: bigint;
    if (value.length >= 32) {
      [hash, at] = stripes(view, u64(seed));
    } else hash = u64(u64(seed) + PRIME5);
    hash = u64(hash + BigInt(value.length));
    for (; at + 8 <= value.length; at += 8) hash = mixLong(hash, view.getBigUint64(at, true));
    if (at + 4 <= value.length) {
      hash ^= u64(BigInt(view.getUint32(at, true)) * PRIME1);
      hash = u64(rotate(hash, 23n) * PRIME2 + PRIME3);
      at += 4;
    }
    for (; at < value.length; at++) {
      hash ^= u64(BigInt(view.getUint8(at)) * PRIME5);
      hash = u64(rotate(hash, 11n) * PRIME1);
    }
    return avalanche(hash);
  },
};

function mixLong(hash: bigint, word: bigint): bigint {
  const mixed = hash ^ round(0n, word);
  return u64(rotate(mixed, 27n) * PRIME1 + PRIME4);
}

function round(lane: bigint, word: bigint): bigint {
  return u64(rotate(u64(lane + word * PRIME2), 31n) * PRIME1);
}

function stripes(view: DataView, seed: bigint): [bigint, number] {
  const lanes = [u64(seed + PRIME1 + PRIME2), u64(seed + PRIME2), seed, u64(seed - PRIME1)];
  let at = 0;
  for (; at + 32 <= view.byteLength; at += 32)
    for (const [i, lane] of lanes.entries())
      lanes[i] = round(lane, view.getBigUint64(at + 8 * i, true));
  const [a = 0n, b = 0n, c = 0n, d = 0n] = lanes;
  let hash = u64(rotate(a, 1n) + rotate(b, 7n) + rotate(c, 12n) + rotate(d, 18n));
  for (const lane of lanes) hash = u64((hash ^ round(0n, lane)) * PRIME1 + PRIME4);
  return [hash, at];
}

function avalanche(value: bigint): bigint {
  let hash = value;
  hash = u64((hash ^ (hash >> 33n)) * PRIME2);
  hash = u64((hash ^ (hash >> 29n)) * PRIME3);
  return BigInt.asIntN(64, hash ^ (hash >> 32n));
}
