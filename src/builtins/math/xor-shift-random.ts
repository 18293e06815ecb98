const MASK = (1n << 64n) - 1n;
/** Of Scala's `MurmurHash3.bytesHash` for arrays. */
const ARRAY_SEED = 0x3c074a61;

/** The generator behind Spark's `rand` and `randn`: the same seed gives the same numbers. */
export class XorShiftRandom {
  private state: bigint;
  private nextGauss: number | null = null;

  constructor(seed: bigint) {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigInt64(0, seed);
    const low = murmur3(bytes, ARRAY_SEED);
    const high = murmur3(bytes, low);
    this.state = (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
  }

  /** From 0 to below 1. */
  nextDouble(): number {
    return (this.next(26) * 2 ** 27 + this.next(27)) * 2 ** -53;
  }

  /** Of mean 0 and deviation 1, by Marsaglia's polar method as in `java.util.Random`. */
  nextGaussian(): number {
    if (this.nextGauss !== null) {
      const kept = this.nextGauss;
      this.nextGauss = null;
      return kept;
    }
    for (;;) {
      const a = 2 * this.nextDouble() - 1;
      const b = 2 * this.nextDouble() - 1;
      const square = a * a + b * b;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      this.nextGauss = b * factor;
      return a * factor;
    }
  }

  private next(bits: number): number {
    let state = this.state;
    state ^= (state << 21n) & MASK;
    state ^= state >> 35n;
    state ^= (state << 4n) & MASK;
    this.state = state;
    return Number(state & ((1n << BigInt(bits)) - 1n));
  }
}

/** Austin Appleby's MurmurHash3 of 32 bits, for whole words. */
function murmur3(bytes: Uint8Array, seed: number): number {
  const view = new DataView(bytes.buffer);
  let hash = seed;
  for (let at = 0; at < bytes.length; at += 4) {
    let word = Math.imul(view.getInt32(at, true), 0xcc9e2d51);
    word = Math.imul((word << 15) | (word >>> 17), 0x1b873593);
    hash ^= word;
    hash = Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64;
  }
  hash ^= bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
