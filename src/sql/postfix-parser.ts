import type { Expression } from "../plan/expression.ts";
import { stringLiteral } from "../plan/literal.ts";
import { POWER } from "./binding-powers.ts";
import { identifier, isName } from "./names.ts";
import { call } from "./nodes.ts";
import type { Parser } from "./parser.ts";

/** What may follow a value and binds tightest: `::type`, `[index]`, `.field`. */
export function parsePostfix(p: Parser, value: Expression): Expression {
  let result = value;
  for (let links = 0; ; links++) {
    if (links > MAX_LINKS) p.tooComplex();
    const next = parseOne(p, result);
    if (next === null) return result;
    result = next;
  }
}

const MAX_LINKS = 500;

function parseOne(p: Parser, value: Expression): Expression | null {
  const { token } = p;
  if (p.isWord("COLLATE")) return p.unsupported("COLLATE");
  if (token.kind !== "symbol") return null;
  switch (token.value) {
    case "::":
      p.advance();
      return Object.freeze({
        kind: "cast",
        child: value,
        type: p.grammar.dataType(p),
        mode: "unset",
        position: token.position,
      });
    case "[": {
      p.advance();
      const index = p.grammar.expression(p, POWER.comparison);
      p.expectSymbol("]");
      return call("getitem", [value, index], token.position);
    }
    case ".":
      p.advance();
      return call("getfield", [value, stringLiteral(identifier(p))], token.position);
    case ":":
      return isName(p.peek(1)) || p.isSymbol("[", 1)
        ? p.unsupported("extraction from a variant by ':'")
        : null;
    default:
      return null;
  }
}
