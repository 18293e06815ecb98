import type { Position } from "../plan/position.ts";

/** Receives warnings about parts of the text that have no effect. */
export interface SqlWarning {
  readonly condition: string;
  readonly message: string;
}

/** What SQL text means beyond its letters. */
export interface SqlOptions {
  /** The session's time zone, for timestamp literals. Default UTC. */
  readonly timeZone?: string;
  /** Values of `:name` (an object) or of `?` (an array). */
  readonly parameters?: readonly unknown[] | { readonly [name: string]: unknown };
  /** Milliseconds since 1970-01-01 UTC that `TIMESTAMP 'now'` and `DATE 'today'` mean. Default: the clock. */
  readonly nowMs?: number;
  /** Where in a script the text begins, for the positions of errors. Default line 1, column 1. */
  readonly origin?: Position;
  /** Called with what the text says in vain: hints that do nothing. */
  readonly warn?: (warning: SqlWarning) => void;
}
