import type { Expression, UnresolvedCall } from "../plan/expression.ts";
import type { Position } from "../plan/position.ts";
import { isName } from "./names.ts";
import { call } from "./nodes.ts";
import type { Parser } from "./parser.ts";
import { parseWindow } from "./window-parser.ts";

/** The arguments of a call, from its opening parenthesis, and what may follow: FILTER, IGNORE NULLS, OVER. */
export function parseCall(p: Parser, name: string, position: Position): Expression {
  p.expectSymbol("(");
  const distinct = acceptQuantifier(p, "DISTINCT");
  if (!distinct) acceptQuantifier(p, "ALL");
  const args: Expression[] = [];
  if (distinct || !p.isSymbol(")")) args.push(...parseArguments(p));
  p.expectSymbol(")");
  return parseCallSuffixes(p, Object.freeze({ ...call(name, args, position), distinct }));
}

/** What may follow the closing parenthesis of an aggregate. */
export function parseCallSuffixes(p: Parser, plain: UnresolvedCall): Expression {
  if (p.isWord("WITHIN") && p.isWord("GROUP", 1)) p.unsupported("WITHIN GROUP");
  const filter = parseFilter(p);
  const ignoreNulls = p.accept("IGNORE", "NULLS") || plain.ignoreNulls;
  if (!ignoreNulls) p.accept("RESPECT", "NULLS");
  const complete = Object.freeze({ ...plain, filter, ignoreNulls });
  const startsWindow = p.isWord("OVER") && (p.isSymbol("(", 1) || isName(p.peek(1)));
  if (!startsWindow) return complete;
  const { position } = p.advance();
  return Object.freeze({ kind: "window", call: complete, window: parseWindow(p), position });
}

function acceptQuantifier(p: Parser, word: string): boolean {
  const next = p.peek(1);
  const isColumn =
    next.kind === "symbol" && next.value !== "(" && next.value !== "*" && next.value !== "-";
  return p.isWord(word) && !isColumn && p.accept(word);
}

function parseArguments(p: Parser): readonly Expression[] {
  const args = [parseArgument(p)];
  while (p.acceptSymbol(",")) args.push(parseArgument(p));
  return args;
}

function parseArgument(p: Parser): Expression {
  if (isName(p.token) && p.isSymbol("=>", 1)) p.unsupported("named arguments");
  return p.grammar.expression(p);
}

function parseFilter(p: Parser): Expression | null {
  if (!p.isWord("FILTER") || !p.isSymbol("(", 1)) return null;
  p.advance();
  p.expectSymbol("(");
  p.expect("WHERE");
  const condition = p.grammar.expression(p);
  p.expectSymbol(")");
  return condition;
}
