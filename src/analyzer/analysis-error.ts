import { AnalysisError, type Json } from "../common/errors.ts";
import type { Position } from "../plan/position.ts";

/** An error of Spark's condition and wording; the position, where there is one, goes into `details`. */
export function analysisError(
  condition: string,
  sqlState: string,
  message: string,
  position: Position | null = null,
  details: { readonly [key: string]: Json } = {},
): AnalysisError {
  return new AnalysisError({
    condition,
    sqlState,
    message,
    details: position === null ? details : { ...details, ...position },
  });
}

/** The error of a feature that Spark has and this engine does not have yet. */
export function notSupported(feature: string, position: Position | null): AnalysisError {
  const place = position === null ? "" : ` (line ${position.line}, column ${position.column})`;
  return analysisError(
    "UNSUPPORTED_FEATURE",
    "0A000",
    `The feature is not supported: ${feature} is not supported yet${place}.`,
    position,
    { feature },
  );
}

/** Runs `work`; its errors get the position, where they have none. */
export function at<T>(position: Position | null, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw withPosition(error, position);
  }
}

/** The same error with a position, where it has none. */
export function withPosition(error: unknown, position: Position | null): unknown {
  if (!(error instanceof AnalysisError) || position === null || "line" in error.details)
    return error;
  return new AnalysisError({
    condition: error.condition,
    message: error.message,
    ...(error.sqlState === undefined ? {} : { sqlState: error.sqlState }),
    details: { ...error.details, ...position },
    cause: error.cause,
  });
}
