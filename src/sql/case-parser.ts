import type { Case, Expression } from "../plan/expression.ts";
import { call } from "./nodes.ts";
import type { Parser } from "./parser.ts";

/** Symbols that begin a value and never continue a column. */
const VALUE_STARTS = new Set(["(", "~", "!", ":", "?"]);

/** True if CASE begins an expression here, and is not the name of a column. */
export function startsCase(p: Parser): boolean {
  if (!p.isWord("CASE")) return false;
  const next = p.peek(1);
  if (next.kind === "end" || p.isWord("FROM", 1) || p.isWord("AS", 1)) return false;
  if (next.kind !== "symbol" || VALUE_STARTS.has(next.value)) return true;
  return (next.value === "-" || next.value === "+") && isFollowedByWhen(p);
}

const OPENING = new Set(["(", "["]);
const CLOSING = new Set([")", "]"]);

/** `case - 1` is a difference, unless a WHEN of its own follows. */
function isFollowedByWhen(p: Parser): boolean {
  let brackets = 0;
  let cases = 0;
  for (let distance = 1; p.peek(distance).kind !== "end"; distance++) {
    const { kind, value } = p.peek(distance);
    if (kind === "symbol") {
      brackets += Number(OPENING.has(value)) - Number(CLOSING.has(value));
      if (brackets < 0 || (brackets === 0 && value === ",")) return false;
    } else if (kind === "word" && brackets === 0) {
      if (value === "WHEN" && cases === 0) return true;
      cases += Number(value === "CASE") - Number(value === "END");
    }
  }
  return false;
}

/** CASE in both forms; the simple one compares its value by `=` in every branch. */
export function parseCase(p: Parser): Case {
  p.expect("CASE");
  const value = p.isWord("WHEN") ? null : p.grammar.expression(p);
  const branches: { when: Expression; result: Expression }[] = [];
  do branches.push(parseBranch(p, value));
  while (p.isWord("WHEN"));
  const otherwise = p.accept("ELSE") ? p.grammar.expression(p) : null;
  p.expect("END");
  return Object.freeze({ kind: "case", branches: Object.freeze(branches), otherwise });
}

function parseBranch(
  p: Parser,
  value: Expression | null,
): { when: Expression; result: Expression } {
  const { position } = p.token;
  p.expect("WHEN");
  const condition = p.grammar.expression(p);
  p.expect("THEN");
  const result = p.grammar.expression(p);
  const when = value === null ? condition : call("=", [value, condition], position);
  return Object.freeze({ when, result });
}
