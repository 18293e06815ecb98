import type { Position } from "../plan/position.ts";

/** What a token is; `unknown` is a character that starts none. */
export type TokenKind = "word" | "quotedName" | "string" | "number" | "symbol" | "unknown" | "end";

/** One lexical unit of SQL text. */
export interface Token {
  readonly kind: TokenKind;
  /** As written. */
  readonly text: string;
  /** A word in upper case, a quoted name without its quotes, a string without quotes and escapes; else as written. */
  readonly value: string;
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly position: Position;
}
