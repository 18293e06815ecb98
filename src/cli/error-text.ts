import type { TindraError } from "../common/errors.ts";

/** An error for the terminal: condition, message, SQLSTATE, and where it is where that is known. */
export function errorText(error: TindraError): string {
  const { line, column } = error.details;
  const place =
    typeof line === "number" && typeof column === "number"
      ? `\nat line ${line}, column ${column}`
      : "";
  const state = error.sqlState === undefined ? "" : ` SQLSTATE: ${error.sqlState}`;
  return `[${error.condition}] ${error.message}${state}${place}\n`;
}
