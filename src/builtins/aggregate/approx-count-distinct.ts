import { type DataType, LONG } from "../../columnar/data-type.ts";
import type { AggregateBuiltin, CallFacts, HostAggregate } from "../builtin.ts";
import { requireArguments } from "../type-mismatch.ts";
import { valueHash } from "./value-hash.ts";

const DEFAULT_DEVIATION = 0.05;

/** Registers for a wanted relative standard deviation, as a power of 2. */
function registerBits(call: CallFacts): number {
  const wanted = Number(call.args[1]?.literal?.value ?? DEFAULT_DEVIATION);
  const scale = call.args[1]?.type.kind === "decimal" ? 10 ** call.args[1].type.scale : 1;
  return Math.max(4, Math.ceil(2 * Math.log2(1.106 / (wanted / scale))));
}

function add(registers: Uint8Array, bits: number, hash: bigint): void {
  const index = Number(hash >> BigInt(64 - bits));
  const rest = hash & ((1n << BigInt(64 - bits)) - 1n);
  const rank = rest === 0n ? 65 - bits : 64 - bits - rest.toString(2).length + 1;
  registers[index] = Math.max(registers[index] ?? 0, rank);
}

/** HyperLogLog with linear counting for few values. Source: Flajolet et al. 2007. */
function estimate(registers: Uint8Array): bigint {
  const size = registers.length;
  let sum = 0;
  let zeros = 0;
  for (const rank of registers) {
    sum += 2 ** -rank;
    if (rank === 0) zeros++;
  }
  const alpha = 0.7213 / (1 + 1.079 / size);
  const raw = (alpha * size * size) / sum;
  const few = raw <= 2.5 * size && zeros > 0;
  return BigInt(Math.round(few ? size * Math.log(size / zeros) : raw));
}

function kernel(call: CallFacts): HostAggregate {
  const bits = registerBits(call);
  const type: DataType = call.args[0]?.type ?? LONG;
  return {
    kind: "host",
    prepare: () => ({
      create: () => new Uint8Array(1 << bits),
      update: (state, value) => {
        add(state as Uint8Array, bits, valueHash(type, value));
        return state;
      },
      serialize: (state) => state as Uint8Array,
      merge: (state, bytes) => {
        const registers = state as Uint8Array;
        for (let i = 0; i < registers.length; i++)
          registers[i] = Math.max(registers[i] ?? 0, bytes[i] ?? 0);
        return registers;
      },
      finish: (state) => estimate(state as Uint8Array),
    }),
  };
}

export const APPROX_COUNT_DISTINCT: AggregateBuiltin = {
  kind: "aggregate",
  name: "approx_count_distinct",
  resolve: (args, context) => {
    requireArguments(args, context, 1, 2);
    return { args: args.map(({ type }) => type), type: LONG, nullable: false };
  },
  kernel,
  examples: [
    {
      sql: "SELECT approx_count_distinct(col1) FROM VALUES (1), (1), (2), (2), (3) tab(col1)",
      rows: ["3"],
    },
  ],
};
