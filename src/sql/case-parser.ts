import type { Case, Expression } from "../plan/expression.ts";
import { call } from "./nodes.ts";
import type { Parser } from "./parser.ts";

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
