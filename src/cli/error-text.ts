import type { TindraError } from "../common/errors.ts";
import { WRONG_USE } from "./wrong-use.ts";

/** An error for the terminal: condition, message, SQLSTATE, and where it is unless the message says so itself. */
export function errorText(error: TindraError): string {
  const { condition, message, sqlState } = error;
  if (condition === WRONG_USE) return `tindra: ${message}\nTry tindra --help\n`;
  const state = sqlState === undefined ? "" : ` SQLSTATE: ${sqlState}`;
  return `[${condition}] ${message}${state}${placeText(error)}\n`;
}

function placeText({ details, message }: TindraError): string {
  const { line, column } = details;
  const known = typeof line === "number" && typeof column === "number";
  return known && !message.includes(`line ${line}, column ${column}`)
    ? `\nat line ${line}, column ${column}`
    : "";
}
