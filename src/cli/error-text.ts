import { errorFromJson, type TindraError } from "../common/errors.ts";
import type { Session } from "../session/session.ts";
import { printable } from "./printable.ts";
import { WRONG_USE } from "./wrong-use.ts";

type Place = ReturnType<Session["splitScript"]>[number]["position"];

/** An error for the terminal: condition, message, SQLSTATE, and where it is unless the message says so itself. */
export function errorText(error: TindraError): string {
  const { condition, message, sqlState } = error;
  if (condition === WRONG_USE) return printable(`tindra: ${message}\nTry tindra --help\n`);
  const state = sqlState === undefined ? "" : ` SQLSTATE: ${sqlState}`;
  return printable(`[${condition}] ${message}${state}${placeText(error)}\n`);
}

/** The error of one of several statements: `file` is what they were read from, `statement` where it begins in there. */
export function inScript(
  error: TindraError,
  file: string | null,
  statement: Place | null,
): TindraError {
  if (error.condition === WRONG_USE || (file === null && statement === null)) return error;
  const json = error.toJSON();
  const place = statement === null ? {} : { statement: { ...statement } };
  return errorFromJson({
    ...json,
    details: { ...json.details, ...(file === null ? {} : { file }), ...place },
  });
}

function placeText({ details, message }: TindraError): string {
  const { line, column, file, statement } = details;
  const place = placeIn(file);
  if (typeof line === "number" && typeof column === "number") {
    const isSaid = message.includes(`line ${line}, column ${column}`);
    return isSaid && file === undefined ? "" : `\nat ${place(line, column)}`;
  }
  if (typeof statement !== "object" || statement === null) return "";
  const start = statement as unknown as Place;
  return `\nin the statement at ${place(start.line, start.column)}`;
}

function placeIn(file: unknown): (line: number, column: number) => string {
  return typeof file === "string"
    ? (line, column) => `${file}:${line}:${column}`
    : (line, column) => `line ${line}, column ${column}`;
}
