import { BOOLEAN } from "../../columnar/data-type.ts";
import { AnalysisError } from "../../common/errors.ts";
import type {
  AggregateBuiltin,
  Argument,
  CallFacts,
  EmitContext,
  Evaluated,
  Example,
  ResolveContext,
  Signature,
  SlotAggregate,
  StateSlot,
} from "../builtin.ts";
import { requireArguments } from "../type-mismatch.ts";
import { emitStore } from "./extreme.ts";
import { finishSlot } from "./finish-slot.ts";

/** A second argument `true` skips nulls. */
function resolve(args: readonly Argument[], context: ResolveContext): Signature {
  requireArguments(args, context, 1, 2);
  const type = args[0]?.type ?? { kind: "null" };
  if (args[1] && typeof args[1].literal?.value !== "boolean")
    throw new AnalysisError({
      condition: "_LEGACY_ERROR_TEMP_1210",
      message: `The second argument in ${context.name} should be a boolean literal.`,
    });
  return { args: [type, BOOLEAN].slice(0, args.length), type, nullable: true };
}

function ignoresNulls(call: CallFacts): boolean {
  return call.args[1]?.literal?.value === true;
}

function emitTake(context: EmitContext, value: StateSlot, seen: StateSlot, from: Evaluated): void {
  const { code } = context;
  if (from.isNull) code.get(from.isNull);
  else code.i32(0);
  value.storeIsNull();
  const store = (): void => {
    code.get(from.value);
    emitStore(value);
  };
  if (from.isNull) code.get(from.isNull).op("i32.eqz").if(store);
  else store();
  code.i32(1);
  seen.store();
}

function kernel(keeps: "first" | "last", call: CallFacts): SlotAggregate {
  const take = (
    context: EmitContext,
    [value, seen]: readonly StateSlot[],
    from: Evaluated | undefined,
    pushApplies: () => void,
  ): void => {
    if (!value || !seen || !from) return;
    pushApplies();
    if (keeps === "first") {
      seen.load();
      context.code.op("i32.eqz").op("i32.and");
    }
    if (ignoresNulls(call) && from.isNull)
      context.code.get(from.isNull).op("i32.eqz").op("i32.and");
    context.code.if(() => emitTake(context, value, seen, from));
  };
  return {
    kind: "slots",
    updatesOnNull: true,
    state: ({ type }) => [
      { name: keeps, type, nullable: true },
      { name: "seen", type: BOOLEAN, nullable: false },
    ],
    update: (context, state, [arg]) => take(context, state, arg, () => context.code.i32(1)),
    merge: (context, state, [from, seen]) =>
      take(context, state, from, () => seen && context.code.get(seen.value)),
    finish: (context, [value]) => finishSlot(context, value, true),
  };
}

function edge(
  name: string,
  aliases: readonly string[],
  keeps: "first" | "last",
  examples: readonly Example[],
): AggregateBuiltin {
  return {
    kind: "aggregate",
    name,
    aliases,
    resolve,
    kernel: (call) => kernel(keeps, call),
    print: ([child = "", ignoring]) =>
      ignoring === "true" ? `${name}(${child}) ignore nulls` : `${name}(${child})`,
    examples,
  };
}

export const FIRST = edge("first", [], "first", [
  { sql: "SELECT first(col) FROM VALUES (10), (5), (20) AS tab(col)", rows: ["10"] },
  { sql: "SELECT first(col, true) FROM VALUES (NULL), (5), (20) AS tab(col)", rows: ["5"] },
]);

export const FIRST_VALUE = edge("first_value", [], "first", [
  { sql: "SELECT first_value(col) FROM VALUES (NULL), (5), (20) AS tab(col)", rows: ["NULL"] },
]);

export const ANY_VALUE = edge("any_value", [], "first", [
  { sql: "SELECT any_value(col) FROM VALUES (10), (5), (20) AS tab(col)", rows: ["10"] },
  { sql: "SELECT any_value(col, true) FROM VALUES (NULL), (5), (20) AS tab(col)", rows: ["5"] },
]);

export const LAST = edge("last", [], "last", [
  { sql: "SELECT last(col) FROM VALUES (10), (5), (20) AS tab(col)", rows: ["20"] },
  { sql: "SELECT last(col, true) FROM VALUES (10), (5), (NULL) AS tab(col)", rows: ["5"] },
]);

export const LAST_VALUE = edge("last_value", [], "last", [
  { sql: "SELECT last_value(col) FROM VALUES (10), (5), (NULL) AS tab(col)", rows: ["NULL"] },
]);
