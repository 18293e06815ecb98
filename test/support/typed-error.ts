import { expect } from "vitest";
import { errorFromJson, TindraError } from "../../src/common/errors.ts";

/**
 * The error that an action ends in: one of ours and not a fault of the engine's, with a message, and the same after it
 * has crossed a thread or process.
 */
export async function expectTypedError(action: () => Promise<unknown>): Promise<TindraError> {
  const error: unknown = await action().then(
    () => "No error",
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof TindraError)) throw error;
  expect(error.family).not.toBe("internal");
  expect(error.message).not.toBe("");
  const crossed = errorFromJson(JSON.parse(JSON.stringify(error)));
  expect(crossed.constructor).toBe(error.constructor);
  expect(crossed.toJSON()).toEqual(error.toJSON());
  return error;
}
