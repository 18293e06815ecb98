import type { Position } from "../plan/position.ts";
import { skipBlanks, tokenEnd } from "./lexer.ts";
import { SourceText } from "./source-text.ts";

/** A statement of a script, not yet parsed. */
export interface ScriptStatement {
  readonly text: string;
  /** Where in the script it begins. */
  readonly position: Position;
  /** Its first word in upper case: `EXPLAIN`. */
  readonly keyword: string;
}

/** The statements of a script, split at semicolons outside of strings, quoted names and comments; empty ones left out. */
export function splitStatements(text: string): readonly ScriptStatement[] {
  const source = new SourceText(text);
  const statements: ScriptStatement[] = [];
  const add = (start: number, end: number): void => {
    if (end <= start) return;
    const position = source.positionAt(start);
    const keyword = text.slice(start, tokenEnd(source, start)).toUpperCase();
    statements.push({ text: text.slice(start, end).trimEnd(), position, keyword });
  };
  let start = skipBlanks(source, 0);
  let end = start;
  for (let at = start; at < text.length; at = skipBlanks(source, end)) {
    end = tokenEnd(source, at);
    if (text.charAt(at) !== ";") continue;
    add(start, at);
    start = skipBlanks(source, end);
  }
  add(start, text.length);
  return statements;
}
