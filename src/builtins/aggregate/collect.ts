import { array, type DataType, someType } from "../../columnar/data-type.ts";
import type { AggregateBuiltin, Example, HostAggregate } from "../builtin.ts";
import { requireArguments, setOfMaps } from "../type-mismatch.ts";
import { valueKey } from "../value-order.ts";
import { decodeState, encodeState } from "./host-state.ts";

/** Values in the order met; null is never among them. */
function listKernel(type: DataType): HostAggregate {
  return {
    kind: "host",
    prepare: () => ({
      create: (): unknown[] => [],
      update: (state, value) => {
        (state as unknown[]).push(value);
        return state;
      },
      serialize: (state) => encodeState(type, state as unknown[]),
      merge: (state, bytes) => {
        for (const value of decodeState(type, bytes)) (state as unknown[]).push(value);
        return state;
      },
      finish: (state) => state,
    }),
  };
}

/** Each value once, in the order first met. */
function setKernel(type: DataType): HostAggregate {
  const add = (state: unknown, value: unknown): unknown => {
    const known = state as Map<unknown, unknown>;
    const key = valueKey(type, value);
    if (!known.has(key)) known.set(key, value);
    return known;
  };
  const values = (state: unknown): unknown[] => [...(state as Map<unknown, unknown>).values()];
  return {
    kind: "host",
    prepare: () => ({
      create: () => new Map<unknown, unknown>(),
      update: add,
      serialize: (state) => encodeState(type, values(state)),
      merge: (state, bytes) => decodeState(type, bytes).reduce(add, state),
      finish: values,
    }),
  };
}

function collect(
  name: string,
  aliases: readonly string[],
  kernel: (type: DataType) => HostAggregate,
  examples: readonly Example[],
): AggregateBuiltin {
  return {
    kind: "aggregate",
    name,
    aliases,
    resolve: (args, context) => {
      requireArguments(args, context, 1);
      const type = args[0]?.type ?? { kind: "null" };
      if (name === "collect_set" && someType(type, ({ kind }) => kind === "map"))
        throw setOfMaps(args);
      return { args: [type], type: array(type, false), nullable: false };
    },
    kernel: (call) => kernel(call.args[0]?.type ?? call.type),
    examples,
  };
}

const over = (name: string): string => `SELECT ${name}(col) FROM VALUES (1), (2), (1) AS tab(col)`;

export const COLLECT_LIST = collect("collect_list", ["array_agg"], listKernel, [
  { sql: over("collect_list"), rows: ["[1,2,1]"] },
]);
export const COLLECT_SET = collect("collect_set", [], setKernel, [
  { sql: over("collect_set"), rows: ["[1,2]"] },
]);
