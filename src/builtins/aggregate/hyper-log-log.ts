import { BIASES } from "./hyper-log-log-biases.ts";
import { RAW_ESTIMATES } from "./hyper-log-log-estimates.ts";

const MIN_BITS = 4;
/** Beyond these there are no measured biases, and the estimate stays as HyperLogLog has it. */
const MAX_CORRECTED_BITS = 18;
const NEIGHBOURS = 6;

/** Up to so many values counting empty registers is nearer; by index bits from 4. */
const LINEAR_LIMITS = [
  10, 20, 40, 80, 220, 400, 900, 1800, 3100, 6500, 15_500, 20_000, 50_000, 120_000, 350_000,
];

/**
 * A sketch of how many different hashes were added, as Spark estimates it to the last digit.
 *
 * Source: Heule, Nunkesser, Hall: HyperLogLog in Practice (2013), without its sparse form.
 */
export class HyperLogLog {
  /** The longest run of leading zeros met by each register, plus 1; 0: none. */
  readonly registers: Uint8Array;
  private readonly bits: number;

  /** `2 ** bits` registers. */
  constructor(bits: number) {
    this.bits = bits;
    this.registers = new Uint8Array(2 ** bits);
  }

  /** Takes a hash of 64 bits, signed or not. */
  add(hash: bigint): void {
    const high = Number(BigInt.asUintN(32, hash >> 32n));
    const index = high >>> (32 - this.bits);
    const rank = 1 + this.leadingZeros(high, Number(BigInt.asUintN(32, hash)));
    if (rank > (this.registers[index] ?? 0)) this.registers[index] = rank;
  }

  /** Adds what another sketch of as many registers has met. */
  merge(registers: Uint8Array): void {
    registers.forEach((rank, i) => {
      if (rank > (this.registers[i] ?? 0)) this.registers[i] = rank;
    });
  }

  estimate(): bigint {
    const size = this.registers.length;
    let sum = 0;
    let empty = 0;
    for (const rank of this.registers) {
      sum += 2 ** -rank;
      if (rank === 0) empty++;
    }
    const raw = (alpha(size) * size * size) / sum;
    const linear = size * Math.log(size / empty);
    const isFew = empty > 0 && (raw <= 2.5 * size || linear <= this.linearLimit());
    return BigInt(Math.round(isFew ? linear : this.corrected(raw)));
  }

  /** Of the bits behind the index, which a bit ends that is always set. */
  private leadingZeros(high: number, low: number): number {
    const { bits } = this;
    const first = (high << bits) | (low >>> (32 - bits));
    if (first !== 0) return Math.clz32(first);
    return 32 + Math.clz32((low << bits) | (1 << (bits - 1)));
  }

  private linearLimit(): number {
    return LINEAR_LIMITS[this.bits - MIN_BITS] ?? 0;
  }

  private corrected(raw: number): number {
    const applies = this.bits <= MAX_CORRECTED_BITS && raw < 5 * this.registers.length;
    return applies ? raw - this.bias(raw) : raw;
  }

  /** The mean bias of the measured estimates that are nearest. */
  private bias(raw: number): number {
    const estimates = RAW_ESTIMATES[this.bits - MIN_BITS] ?? [];
    const biases = BIASES[this.bits - MIN_BITS] ?? [];
    const distance = (i: number): number => (raw - (estimates[i] ?? 0)) ** 2;
    const above = estimates.findIndex((estimate) => estimate >= raw);
    let start = Math.max((above < 0 ? estimates.length : above) - NEIGHBOURS + 1, 0);
    let end = Math.min(start + NEIGHBOURS, estimates.length);
    for (; end < estimates.length && distance(end) < distance(start); end++) start++;
    return biases.slice(start, end).reduce((sum, bias) => sum + bias, 0) / (end - start);
  }
}

function alpha(size: number): number {
  if (size === 16) return 0.673;
  if (size === 32) return 0.697;
  return size === 64 ? 0.709 : 0.7213 / (1 + 1.079 / size);
}
