/** A value that survives `JSON.stringify` unchanged. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/** Who is at fault. Decides the exit code, what is worth a retry, and how the message reads. */
export type ErrorFamily =
  | "syntax"
  | "analysis"
  | "data"
  | "storage"
  | "resources"
  | "cancelled"
  | "internal";

/** What an error says besides its family. */
export interface ErrorFacts {
  /** Spark's error condition where Spark has one (`DIVIDE_BY_ZERO`), else ours in the same style. */
  readonly condition: string;
  /** Names the value at fault and what would be right. */
  readonly message: string;
  readonly sqlState?: string;
  readonly retryable?: boolean;
  /** True if less work at once may go well. */
  readonly wantsLess?: boolean;
  readonly details?: { readonly [key: string]: Json };
  readonly cause?: unknown;
}

/** An error as it travels between processes. */
export interface ErrorJson {
  readonly family: ErrorFamily;
  readonly condition: string;
  readonly message: string;
  readonly sqlState?: string;
  readonly retryable: boolean;
  readonly wantsLess?: boolean;
  readonly details: { readonly [key: string]: Json };
}

/** Every error of the engine. Crosses threads and processes as JSON by `toJSON` and `errorFromJson`. */
export abstract class TindraError extends Error {
  abstract readonly family: ErrorFamily;
  readonly condition: string;
  readonly sqlState: string | undefined;
  readonly retryable: boolean;
  readonly wantsLess: boolean;
  readonly details: { readonly [key: string]: Json };

  constructor(facts: ErrorFacts) {
    super(facts.message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = new.target.name;
    this.condition = facts.condition;
    this.sqlState = facts.sqlState;
    this.retryable = facts.retryable ?? false;
    this.wantsLess = facts.wantsLess ?? false;
    this.details = facts.details ?? {};
  }

  toJSON(): ErrorJson {
    return {
      family: this.family,
      condition: this.condition,
      message: this.message,
      ...(this.sqlState === undefined ? {} : { sqlState: this.sqlState }),
      retryable: this.retryable,
      ...(this.wantsLess ? { wantsLess: true } : {}),
      details: this.details,
    };
  }
}

/** The text is not Spark SQL. `details` has `line` and `column`, both from 1. */
export class SqlSyntaxError extends TindraError {
  readonly family = "syntax";
}

/** The query is well formed but names or types do not fit. */
export class AnalysisError extends TindraError {
  readonly family = "analysis";
}

/** A value or a file that the query met is wrong: overflow, bad cast, corrupt page. */
export class DataError extends TindraError {
  readonly family = "data";
}

/** A store did not do what was asked of it. */
export class StorageError extends TindraError {
  readonly family = "storage";
}

/** A budget was exceeded: memory, disk, time, attempts. */
export class ResourcesError extends TindraError {
  readonly family = "resources";
}

/** The user, a signal or a timeout ended the query. */
export class CancelledError extends TindraError {
  readonly family = "cancelled";
}

/** A fault of the engine itself. */
export class InternalError extends TindraError {
  readonly family = "internal";
}

const FAMILIES = {
  syntax: SqlSyntaxError,
  analysis: AnalysisError,
  data: DataError,
  storage: StorageError,
  resources: ResourcesError,
  cancelled: CancelledError,
  internal: InternalError,
} as const;

/** The inverse of `TindraError.toJSON`. */
export function errorFromJson(json: ErrorJson): TindraError {
  return new FAMILIES[json.family](json);
}

/** Of a statement or plan that is nested too deep for the stack of who walks it. */
export const TOO_COMPLEX = Object.freeze({
  condition: "FAILED_TO_PARSE_TOO_COMPLEX",
  message:
    "The statement, including potential SQL functions and referenced views, was too complex to parse. To mitigate this error divide the statement into multiple, less complex chunks.",
  sqlState: "54001",
});

/** True if a walk over something nested ran out of stack. */
export function isStackOverflow(thrown: unknown): boolean {
  return thrown instanceof RangeError && thrown.message.includes("call stack");
}

/**
 * Anything thrown, as a typed error: running out of stack is a statement too complex, what else is not ours becomes an
 * `InternalError` with it as its cause.
 */
export function asTindraError(thrown: unknown): TindraError {
  if (thrown instanceof TindraError) return thrown;
  if (isStackOverflow(thrown)) return new SqlSyntaxError({ ...TOO_COMPLEX, cause: thrown });
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new InternalError({
    condition: "INTERNAL_ERROR",
    message,
    sqlState: "XX000",
    cause: thrown,
  });
}
