import type { Expression, Subquery } from "../plan/expression.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import type { Position } from "../plan/position.ts";
import type { Parser } from "./parser.ts";

const QUERY_STARTS = new Set(["SELECT", "WITH", "VALUES", "TABLE", "FROM"]);

/** True if an opening parenthesis, or several, stand before what looks like a query. */
export function startsQueryInParentheses(p: Parser): boolean {
  const depth = p.openParentheses();
  return depth > 0 && startsQuery(p, depth);
}

/** True if a query may begin `distance` ahead; each of its first words may also be a name. */
export function startsQuery(p: Parser, distance = 0): boolean {
  const word = p.peek(distance);
  if (word.kind !== "word" || !QUERY_STARTS.has(word.value)) return false;
  const next = p.peek(distance + 1);
  if (word.value === "SELECT") return next.value !== ")" && next.value !== ",";
  if (word.value === "VALUES") return next.kind !== "symbol" || "(+-~:?".includes(next.value);
  return next.kind === "word" || next.kind === "quotedName" || next.value === "(";
}

/** True if `EXISTS (query)` comes next, and not a call of the function `exists`. */
export function startsExists(p: Parser): boolean {
  if (!p.isWord("EXISTS") || !p.isSymbol("(", 1)) return false;
  return startsQuery(p, 1 + p.openParentheses(1));
}

/** `EXISTS (query)`. */
export function existsSubquery(p: Parser): Expression {
  const { position } = p.advance();
  const plan = p.parenthesizedQuery();
  return subquery("exists", [], plan, position);
}

/** `(query)` as a value, or null where the parentheses hold something else. */
export function scalarSubquery(p: Parser): Expression | null {
  const { position } = p.token;
  const plan = queryInParentheses(p);
  return plan && subquery("scalar", [], plan, position);
}

/** `value IN (query)`, or null where the parentheses hold a list. */
export function inSubquery(p: Parser, value: Expression, position: Position): Expression | null {
  const plan = queryInParentheses(p);
  if (plan === null) return null;
  const isRow = value.kind === "unresolvedCall" && value.name === "struct";
  return subquery("in", isRow ? value.args : [value], plan, position);
}

/** The query in the parentheses at the cursor; null where several parentheses turn out to hold something else. */
export function queryInParentheses(p: Parser): LogicalPlan | null {
  return p.isSymbol("(", 1) ? p.tryParenthesizedQuery() : p.parenthesizedQuery();
}

function subquery(
  form: Subquery["form"],
  values: readonly Expression[],
  plan: LogicalPlan,
  position: Position,
): Subquery {
  return Object.freeze({
    kind: "subquery",
    form,
    values: Object.freeze([...values]),
    plan,
    type: null,
    position,
  });
}
