import { AnalysisError, type ErrorFacts, type Json, SqlSyntaxError } from "../common/errors.ts";
import type { Position } from "../plan/position.ts";
import type { SourceText } from "./source-text.ts";

/** What is wrong at a place in the text. */
interface SqlFault {
  readonly condition: string;
  readonly sqlState: string;
  readonly message: string;
  readonly details?: { readonly [key: string]: Json };
}

/** An error of the text itself, with its position, its line and a caret in the message. */
export function syntaxFault(
  source: SourceText,
  position: Position,
  fault: SqlFault,
): SqlSyntaxError {
  return new SqlSyntaxError(locate(source, position, fault));
}

/** An error of well-formed text, with its position, its line and a caret in the message. */
export function analysisFault(
  source: SourceText,
  position: Position,
  fault: SqlFault,
): AnalysisError {
  return new AnalysisError(locate(source, position, fault));
}

/** Spark's wording for a token that does not fit, and what would have. */
export function unexpectedToken(
  source: SourceText,
  position: Position,
  near: string,
  expected: readonly string[],
): SqlSyntaxError {
  const place = near === "" ? "end of input" : `'${near}'`;
  return syntaxFault(source, position, {
    condition: "PARSE_SYNTAX_ERROR",
    sqlState: "42601",
    message: `Syntax error at or near ${place}${expectation(expected)}.`,
    details: { near, expected },
  });
}

/** Syntax that Spark has and this engine does not run. */
export function unsupportedSyntax(
  source: SourceText,
  position: Position,
  feature: string,
): AnalysisError {
  return analysisFault(source, position, {
    condition: "UNSUPPORTED_FEATURE",
    sqlState: "0A000",
    message: `The feature is not supported: ${feature}.`,
    details: { feature },
  });
}

function expectation(expected: readonly string[]): string {
  if (expected.length === 0) return "";
  const last = expected.at(-1) ?? "";
  const head = expected.slice(0, -1).join(", ");
  return `: expected ${head === "" ? last : `${head} or ${last}`}`;
}

function locate(source: SourceText, position: Position, fault: SqlFault): ErrorFacts {
  const { line, column } = position;
  return {
    condition: fault.condition,
    sqlState: fault.sqlState,
    message: `${fault.message} (line ${line}, column ${column})\n\n${source.excerpt(position)}`,
    details: { ...fault.details, line, column },
  };
}
