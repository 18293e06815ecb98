import { DataError } from "../../common/errors.ts";

/** A sum of intervals that does not fit. `tryFunction` gives null instead. */
export function intervalOverflow(tryFunction: string): DataError {
  return new DataError({
    condition: "INTERVAL_ARITHMETIC_OVERFLOW.WITH_SUGGESTION",
    message: `Integer overflow while operating with intervals. Use \`${tryFunction}\` to tolerate overflow and return NULL instead.`,
    sqlState: "22015",
  });
}

/** An interval that does not fit, made of parts. */
export function intervalPartsOverflow(): DataError {
  return new DataError({
    condition: "INTERVAL_ARITHMETIC_OVERFLOW.WITHOUT_SUGGESTION",
    message:
      "Integer overflow while operating with intervals. Try devising appropriate values for the interval parameters.",
    sqlState: "22015",
  });
}

/** The error of an interval divided by zero. */
export function intervalDividedByZero(): DataError {
  return new DataError({
    condition: "INTERVAL_DIVIDED_BY_ZERO",
    message:
      "Division by zero. Use `try_divide` to tolerate divisor being 0 and return NULL instead.",
    sqlState: "22012",
  });
}
