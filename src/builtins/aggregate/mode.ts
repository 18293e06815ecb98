import { array, type DataType, LONG, struct } from "../../columnar/data-type.ts";
import { decodeNested, encodeNested } from "../../columnar/nested-value.ts";
import type { AggregateBuiltin, HostAggregate } from "../builtin.ts";
import { requireArguments } from "../type-mismatch.ts";
import { valueKey } from "../value-order.ts";
import { inSparkHashOrder } from "./spark-hash-order.ts";

interface Counted {
  readonly value: unknown;
  count: bigint;
}
type State = Map<unknown, Counted>;

/** The value met most often; of several, the one that Spark meets first in its hash table. */
function kernel(type: DataType): HostAggregate {
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
      finish: (state) => mostOften(type, state as State),
    }),
  };
}

function mostOften(type: DataType, state: State): unknown {
  const counted = [...state.values()];
  const most = counted.reduce((max, { count }) => (count > max ? count : max), 0n);
  const often = new Set(counted.flatMap(({ value, count }) => (count === most ? [value] : [])));
  if (often.size <= 1) return [...often][0] ?? null;
  const values = counted.map(({ value }) => value);
  return inSparkHashOrder(type, values).find((value) => often.has(value)) ?? null;
}

export const MODE: AggregateBuiltin = {
  kind: "aggregate",
  name: "mode",
  resolve: (args, context) => {
    requireArguments(args, context, 1);
    const type = args[0]?.type ?? { kind: "null" };
    return { args: [type], type, nullable: true };
  },
  kernel: (call) => kernel(call.type),
  examples: [{ sql: "SELECT mode(col) FROM VALUES (0), (10), (10) AS tab(col)", rows: ["10"] }],
};
