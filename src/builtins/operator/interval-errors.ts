import { DataError } from "../../common/errors.ts";

/** A result that months or microseconds of an interval do not hold, in ANSI mode or not. */
export function intervalOverflow(): DataError {
  return new DataError({
    condition: "INTERVAL_ARITHMETIC_OVERFLOW.WITHOUT_SUGGESTION",
    message:
      "Integer overflow while operating with intervals. Try devising appropriate values for the interval parameters.",
    sqlState: "22015",
  });
}

export function intervalDividedByZero(): DataError {
  return new DataError({
    condition: "INTERVAL_DIVIDED_BY_ZERO",
    message:
      "Division by zero. Use `try_divide` to tolerate divisor being 0 and return NULL instead.",
    sqlState: "22012",
  });
}

/** The months of a year-month interval; throws where 32 bits do not hold them. */
export function checkedMonths(months: bigint): number {
  if (BigInt.asIntN(32, months) !== months) throw intervalOverflow();
  return Number(months);
}

/** The microseconds of a day-time interval; throws where 64 bits do not hold them. */
export function checkedMicros(micros: bigint): bigint {
  if (BigInt.asIntN(64, micros) !== micros) throw intervalOverflow();
  return micros;
}
