import { skipBlanks, tokenEnd } from "./lexer.ts";
import { SourceText } from "./source-text.ts";

/** The statements of a script, split at semicolons outside of strings, quoted names and comments; empty ones left out. */
export function splitStatements(text: string): readonly string[] {
  const source = new SourceText(text);
  const statements: string[] = [];
  let start = skipBlanks(source, 0);
  let end = start;
  for (let at = start; at < text.length; at = skipBlanks(source, end)) {
    end = tokenEnd(source, at);
    if (text.charAt(at) !== ";") continue;
    if (at > start) statements.push(text.slice(start, at).trimEnd());
    start = skipBlanks(source, end);
  }
  if (start < text.length) statements.push(text.slice(start).trimEnd());
  return statements;
}
