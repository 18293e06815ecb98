import { AnalysisError } from "../common/errors.ts";

/** The condition of errors in the command line itself; they end with exit status 2. */
export const WRONG_USE = "WRONG_USE";

/** The command line makes no sense; the message is for the person who typed it. */
export function wrongUse(message: string): AnalysisError {
  return new AnalysisError({ condition: WRONG_USE, message, sqlState: "42601" });
}
