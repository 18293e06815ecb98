import { intervalPartsOverflow } from "../datetime/interval-errors.ts";

/** Months as a year-month interval holds them; throws where 32 bits do not. */
export function checkedIntervalMonths(months: bigint): number {
  if (BigInt.asIntN(32, months) !== months) throw intervalPartsOverflow();
  return Number(months);
}

/** Microseconds as a day-time interval holds them; throws where 64 bits do not. */
export function checkedIntervalMicros(micros: bigint): bigint {
  if (BigInt.asIntN(64, micros) !== micros) throw intervalPartsOverflow();
  return micros;
}
