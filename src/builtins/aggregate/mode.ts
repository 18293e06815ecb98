import { array, BOOLEAN, type DataType, LONG, struct } from "../../columnar/data-type.ts";
import { decodeNested, encodeNested } from "../../columnar/nested-value.ts";
import { AnalysisError } from "../../common/errors.ts";
import type { AggregateBuiltin, Argument, HostAggregate } from "../builtin.ts";
import { constantArgument } from "../constant-argument.ts";
import { argumentText, quotedType, requireArguments, unexpectedNull } from "../type-mismatch.ts";
import { valueComparator, valueKey } from "../value-order.ts";
import { inSparkHashOrder } from "./spark-hash-order.ts";

interface Counted {
  readonly value: unknown;
  count: bigint;
}
type State = Map<unknown, Counted>;

/** The value met most often; of several, the lowest or the one that Spark meets first in its hash table. */
function kernel(type: DataType, isLowest: boolean): HostAggregate {
  const stateType = array(
    struct([
      { name: "value", type, nullable: false },
      { name: "count", type: LONG, nullable: false },
    ]),
  );
  const add = (state: State, value: unknown, count: bigint): State => {
    const key = valueKey(type, value);
    const known = state.get(key);
    if (known) known.count += count;
    else state.set(key, { value, count });
    return state;
  };
  return {
    kind: "host",
    prepare: () => ({
      create: (): State => new Map(),
      update: (state, value) => add(state as State, value, 1n),
      serialize: (state) =>
        encodeNested(
          stateType,
          [...(state as State).values()].map(({ value, count }) => [value, count]),
        ),
      merge: (state, bytes) =>
        (decodeNested(stateType, bytes) as (readonly [unknown, bigint])[]).reduce(
          (all, [value, count]) => add(all, value, count),
          state as State,
        ),
      finish: (state) => mostOften(type, state as State, isLowest),
    }),
  };
}

function mostOften(type: DataType, state: State, isLowest: boolean): unknown {
  const counted = [...state.values()];
  const most = counted.reduce((max, { count }) => (count > max ? count : max), 0n);
  const often = new Set(counted.flatMap(({ value, count }) => (count === most ? [value] : [])));
  if (isLowest) return [...often].sort(valueComparator(type))[0] ?? null;
  if (often.size <= 1) return [...often][0] ?? null;
  const values = counted.map(({ value }) => value);
  return inSparkHashOrder(type, values).find((value) => often.has(value)) ?? null;
}

/** Throws where the second argument is no constant boolean. */
function requireDeterministic(args: readonly Argument[]): void {
  const [, argument] = args;
  if (!argument) return;
  const print = (texts: readonly string[]): string => `mode(${texts.join(", ")})`;
  if (argument.isConstant === false) throw notDeterministicConstant();
  if (constantArgument(argument)?.value === null)
    throw unexpectedNull(args, print, "deterministic");
  if (argument.type.kind === "boolean") return;
  throw new AnalysisError({
    condition: "UNEXPECTED_INPUT_TYPE",
    message: `The second parameter of function \`mode\` requires the "BOOLEAN" type, however "${argumentText(argument)}" has the type ${quotedType(argument.type)}.`,
    sqlState: "42K09",
  });
}

function notDeterministicConstant(): AnalysisError {
  return new AnalysisError({
    condition: "NON_FOLDABLE_ARGUMENT",
    message:
      'The function `mode` requires the parameter `deterministic` to be a foldable expression of the type "BOOLEAN", but the actual argument is a non-foldable.',
    sqlState: "42K08",
  });
}

function withinGroupMissing(): AnalysisError {
  return new AnalysisError({
    condition: "INVALID_WITHIN_GROUP_EXPRESSION.WITHIN_GROUP_MISSING",
    message:
      "Invalid function `mode` with WITHIN GROUP. WITHIN GROUP is required for inverse distribution function.",
    sqlState: "42K0K",
  });
}

export const MODE: AggregateBuiltin = {
  kind: "aggregate",
  name: "mode",
  resolve: (args, context) => {
    if (args.length === 0) throw withinGroupMissing();
    requireArguments(args, context, 1, 2);
    requireDeterministic(args);
    const type = args[0]?.type ?? { kind: "null" };
    return { args: [type, BOOLEAN].slice(0, args.length), type, constants: [1], nullable: true };
  },
  refusesDistinct: true,
  kernel: (call) => kernel(call.type, call.args[1]?.literal?.value === true),
  print: ([value = "", isLowest]) =>
    isLowest === "true" ? `mode() WITHIN GROUP (ORDER BY ${value} DESC)` : `mode(${value})`,
  examples: [{ sql: "SELECT mode(col) FROM VALUES (0), (10), (10) AS tab(col)", rows: ["10"] }],
};
