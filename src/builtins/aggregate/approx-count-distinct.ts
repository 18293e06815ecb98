import { LONG, NULL } from "../../columnar/data-type.ts";
import type { AggregateBuiltin, CallFacts, HostAggregate } from "../builtin.ts";
import { hashValue } from "../math/hash-value.ts";
import { XXHASH64 } from "../math/xxhash64.ts";
import { requireArguments } from "../type-mismatch.ts";
import { HyperLogLog } from "./hyper-log-log.ts";
import { indexBitsOf, requireDeviation } from "./relative-deviation.ts";

const SEED = 42n;

function kernel(call: CallFacts): HostAggregate {
  const bits = indexBitsOf(call.args[1]);
  const type = call.args[0]?.type ?? NULL;
  return {
    kind: "host",
    prepare: () => ({
      create: () => new HyperLogLog(bits),
      update: (state, value) => {
        (state as HyperLogLog).add(hashValue(XXHASH64, type, value, SEED));
        return state;
      },
      serialize: (state) => (state as HyperLogLog).registers,
      merge: (state, bytes) => {
        (state as HyperLogLog).merge(bytes);
        return state;
      },
      finish: (state) => (state as HyperLogLog).estimate(),
    }),
  };
}

export const APPROX_COUNT_DISTINCT: AggregateBuiltin = {
  kind: "aggregate",
  name: "approx_count_distinct",
  resolve: (args, context) => {
    requireArguments(args, context, 1, 2);
    if (args[1]) requireDeviation(args[1]);
    return { args: args.map(({ type }) => type), type: LONG, nullable: false };
  },
  kernel,
  print: ([child = ""]) => `approx_count_distinct(${child})`,
  examples: [
    {
      sql: "SELECT approx_count_distinct(col1) FROM VALUES (1), (1), (2), (2), (3) tab(col1)",
      rows: ["3"],
    },
    { sql: "SELECT approx_count_distinct(id) FROM range(10000)", rows: ["9571"] },
  ],
};
