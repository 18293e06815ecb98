import { describeValue } from "./describe-value.ts";
import { AnalysisError } from "./errors.ts";

/** For callers that no compiler checked: throws `NOT_EXPECTED_TYPE`, which names the argument and what it was. */
export function expectArgument(
  holds: boolean,
  argument: string,
  expected: string,
  given: unknown,
): void {
  if (!holds) throw unexpectedArgument(argument, expected, given);
}

/** `NOT_EXPECTED_TYPE`. */
export function unexpectedArgument(
  argument: string,
  expected: string,
  given: unknown,
): AnalysisError {
  return new AnalysisError({
    condition: "NOT_EXPECTED_TYPE",
    message: `Argument \`${argument}\` should be ${expected}, got ${describeValue(given)}.`,
    sqlState: "42K09",
    details: { argument },
  });
}

/** A string, or an error that names the argument. */
export function expectString(value: string, argument: string): string {
  expectArgument(typeof value === "string", argument, "a string", value);
  return value;
}

/** An array of strings, or an error that names the argument. */
export function expectStrings(values: readonly string[], argument: string): readonly string[] {
  expectArgument(Array.isArray(values), argument, "an array of strings", values);
  for (const value of values)
    expectArgument(typeof value === "string", argument, "an array of strings", value);
  return values;
}

/** A plain object, or an error that names the argument. */
export function expectObject<T extends object>(value: T, argument: string, expected: string): T {
  const holds = typeof value === "object" && value !== null && !Array.isArray(value);
  expectArgument(holds, argument, expected, value);
  return value;
}

/** A boolean, or an error that names the argument. */
export function expectBoolean(value: boolean, argument: string): boolean {
  expectArgument(typeof value === "boolean", argument, "a boolean", value);
  return value;
}
