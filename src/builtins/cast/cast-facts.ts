import type { DataType } from "../../columnar/data-type.ts";

/** `ansi` fails on what does not fit, `try` gives null instead; `legacy` is Spark without ANSI. */
export type CastMode = "ansi" | "legacy" | "try";

/** What decides how a value is cast. */
export interface CastFacts {
  readonly from: DataType;
  readonly to: DataType;
  readonly mode: CastMode;
  readonly timeZone: string;
}

/** A cast of one JavaScript value that is not null; null where the value does not fit and the mode says so. */
export type ValueCast = (value: never) => unknown;

/** Throws under ANSI; else null. */
export function reject(facts: CastFacts, makeError: () => Error): null {
  if (facts.mode === "ansi") throw makeError();
  return null;
}
