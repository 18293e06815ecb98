import { TindraError } from "../common/errors.ts";

/** What a store answers, or null where it says that there is no such object. */
export async function nullWhereMissing<T>(request: Promise<T>): Promise<T | null> {
  try {
    return await request;
  } catch (thrown) {
    if (thrown instanceof TindraError && thrown.condition === "OBJECT_NOT_FOUND") return null;
    throw thrown;
  }
}
