import type { Join, LogicalPlan } from "../plan/logical-plan.ts";
import { identifier } from "./names.ts";
import type { Parser } from "./parser.ts";
import type { SqlWarning } from "./sql-options.ts";

const BROADCAST_HINTS = new Set(["BROADCAST", "BROADCASTJOIN", "MAPJOIN"]);
/** Hints of Spark about things that this engine decides by itself. */
const IGNORED_HINTS = new Set(
  (
    "COALESCE MERGE MERGEJOIN REBALANCE REPARTITION REPARTITION_BY_RANGE SHUFFLEMERGEJOIN SHUFFLE_HASH SHUFFLE_MERGE " +
    "SHUFFLE_REPLICATE_NL SKEW"
  ).split(" "),
);

/** True if a hint wants a relation broadcast. */
export const isBroadcastHint = (name: string): boolean => BROADCAST_HINTS.has(name.toUpperCase());

/** The warning about a hint that does nothing, `text` being all of it; null where it does something. */
export function hintWarning(name: string, text: string): SqlWarning | null {
  if (isBroadcastHint(name)) return null;
  return IGNORED_HINTS.has(name.toUpperCase())
    ? {
        condition: "HINT_NOT_SUPPORTED",
        message: `Hint ${text} has no effect: only BROADCAST is supported`,
      }
    : { condition: "UNRECOGNIZED_HINT", message: `Unrecognized hint: ${text}` };
}

/** The relations that the hints at the cursor want broadcast. Every other hint is only advice and ends in a warning. */
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
  const start = p.token.start;
  const hint = identifier(p);
  const names = p.acceptSymbol("(") ? hintArguments(p) : [];
  const warning = hintWarning(hint, p.source.text.slice(start, p.peek(-1).end));
  if (warning !== null) p.options.warn?.(warning);
  return isBroadcastHint(hint) ? names : [];
}

function hintArguments(p: Parser): readonly string[] {
  const names: string[] = [];
  do {
    const argument = p.grammar.expression(p);
    if (argument.kind === "unresolvedAttribute") names.push(argument.nameParts.at(-1) ?? "");
  } while (p.acceptSymbol(","));
  p.expectSymbol(")");
  return names;
}

/** Warns of names in BROADCAST hints that no relation of the FROM clause has. */
export function warnOfMissing(p: Parser, plan: LogicalPlan, names: readonly string[]): void {
  if (names.length === 0 || p.options.warn === undefined) return;
  const known = new Set(relationsOf(plan));
  for (const name of names)
    if (!known.has(name.toLowerCase()))
      p.options.warn({
        condition: "HINT_RELATION_NOT_FOUND",
        message: `Could not find relation '${name}' specified in hint 'BROADCAST(${name})'`,
      });
}

function relationsOf(plan: LogicalPlan): readonly string[] {
  if (plan.kind === "join") return [...relationsOf(plan.left), ...relationsOf(plan.right)];
  return [relationName(plan)];
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
