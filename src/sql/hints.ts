import type { Join, LogicalPlan } from "../plan/logical-plan.ts";
import { identifier } from "./names.ts";
import type { Parser } from "./parser.ts";

const BROADCAST_HINTS = new Set(["BROADCAST", "BROADCASTJOIN", "MAPJOIN"]);

/** The relations that the hints at the cursor want broadcast. Every other hint is only advice and is dropped. */
export function broadcastNames(p: Parser): readonly string[] {
  const names: string[] = [];
  while (p.acceptSymbol("/*+")) {
    do names.push(...parseHint(p));
    while (p.acceptSymbol(",") || !p.isSymbol("*/"));
    p.expectSymbol("*/");
  }
  return names;
}

function parseHint(p: Parser): readonly string[] {
  const hint = identifier(p).toUpperCase();
  if (!p.acceptSymbol("(")) return [];
  const names: string[] = [];
  do {
    const argument = p.grammar.expression(p);
    if (argument.kind === "unresolvedAttribute") names.push(argument.nameParts.at(-1) ?? "");
  } while (p.acceptSymbol(","));
  p.expectSymbol(")");
  return BROADCAST_HINTS.has(hint) ? names : [];
}

/** Marks the joins of a FROM clause that have a side of one of these names. */
export function hintBroadcast(plan: LogicalPlan, names: readonly string[]): LogicalPlan {
  if (names.length === 0 || plan.kind !== "join") return plan;
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  return hintJoin(plan, wanted);
}

function hintJoin(plan: LogicalPlan, wanted: ReadonlySet<string>): LogicalPlan {
  if (plan.kind !== "join") return plan;
  const hint = broadcastSide(plan, wanted) ?? plan.hint;
  const left = hintJoin(plan.left, wanted);
  const right = hintJoin(plan.right, wanted);
  return Object.freeze({ ...plan, left, right, hint });
}

function broadcastSide(join: Join, wanted: ReadonlySet<string>): Join["hint"] {
  if (wanted.has(relationName(join.right))) return "broadcastRight";
  return wanted.has(relationName(join.left)) ? "broadcastLeft" : null;
}

function relationName(plan: LogicalPlan): string {
  if (plan.kind === "subqueryAlias") return plan.alias.toLowerCase();
  return plan.kind === "unresolvedRelation" ? (plan.nameParts.at(-1) ?? "").toLowerCase() : "";
}
