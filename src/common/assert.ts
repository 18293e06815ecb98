import { InternalError } from "./errors.ts";

/** Throws an `InternalError` with `message` where an invariant of the engine does not hold. */
export function assert(holds: boolean, message: string): asserts holds {
  if (!holds) throw new InternalError({ condition: "INTERNAL_ERROR", message, sqlState: "XX000" });
}

/** An `InternalError`: the engine came to a place that it never should. */
export function impossible(message: string): never {
  throw new InternalError({ condition: "INTERNAL_ERROR", message, sqlState: "XX000" });
}

/** The value, which an invariant of the engine says is there. */
export function present<T>(value: T | undefined | null, what: string): T {
  assert(value !== undefined && value !== null, `${what} is missing`);
  return value;
}

/** The default branch of an exhaustive switch: does not compile while a kind is unhandled. */
export function unreachable(value: never): never {
  throw new InternalError({
    condition: "INTERNAL_ERROR",
    message: `Unhandled kind: ${JSON.stringify(value)}`,
    sqlState: "XX000",
  });
}
