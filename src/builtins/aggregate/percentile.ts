import { DOUBLE } from "../../columnar/data-type.ts";
import type { AggregateBuiltin, Argument, CallFacts, HostAggregate } from "../builtin.ts";
import { castInvalidInput } from "../cast/cast-errors.ts";
import { constantArgument } from "../constant-argument.ts";
import { DOUBLE_PARAMETER, typeArguments } from "../parameters.ts";
import { notConstant, unexpectedNull, valueOutOfRange } from "../type-mismatch.ts";

/** All values, exactly: the result lies between the two values nearest to the rank. */
function kernel(fraction: number): HostAggregate {
  return {
    kind: "host",
    prepare: () => ({
      create: (): number[] => [],
      update: (state, value) => {
        (state as number[]).push(value as number);
        return state;
      },
      serialize: (state) => new Uint8Array(Float64Array.from(state as number[]).buffer),
      merge: (state, bytes) => {
        for (const value of new Float64Array(bytes.slice().buffer)) (state as number[]).push(value);
        return state;
      },
      finish: (state) => percentile(Float64Array.from(state as number[]).sort(), fraction),
    }),
  };
}

function percentile(sorted: Float64Array, fraction: number): number | null {
  if (sorted.length === 0) return null;
  const rank = (sorted.length - 1) * fraction;
  const low = sorted[Math.floor(rank)] ?? 0;
  const high = sorted[Math.ceil(rank)] ?? 0;
  const below = Math.floor(rank);
  return below === Math.ceil(rank) || low === high
    ? low
    : (below + 1 - rank) * low + (rank - below) * high;
}

/** Throws where the fraction is no constant from 0 to 1. */
function requireFraction(args: readonly Argument[]): void {
  const [, argument] = args;
  const print = ([value = "", fraction = ""]: readonly string[]): string =>
    `percentile(${value}, ${fraction}, 1)`;
  if (argument?.isConstant === false) throw notConstant(args, print, "percentage", '"DOUBLE"');
  const constant = constantArgument(argument);
  if (!argument || !constant) return;
  if (constant.value === null) throw unexpectedNull(args, print, "percentage");
  const fraction = fractionOf({ args });
  if (Number.isNaN(fraction) && argument.type.kind === "string")
    throw castInvalidInput(String(constant.value), DOUBLE);
  if (!(fraction >= 0 && fraction <= 1))
    throw valueOutOfRange(args, print, "percentage", "[0.0, 1.0]", String(fraction));
}

function fractionOf({ args: [, fraction] }: Pick<CallFacts, "args">): number {
  const value = Number(constantArgument(fraction)?.value ?? 0.5);
  return fraction?.type.kind === "decimal" ? value / 10 ** fraction.type.scale : value;
}

export const PERCENTILE: AggregateBuiltin = {
  kind: "aggregate",
  name: "percentile",
  resolve: (args, context) => {
    const types = typeArguments(args, context, [DOUBLE_PARAMETER, DOUBLE_PARAMETER]);
    // Read from the constant itself, which is not cast.
    const fraction = args[1]?.type ?? DOUBLE;
    requireFraction(args);
    return {
      args: types.map((type, at) => (at === 1 ? fraction : type)),
      type: DOUBLE,
      constants: [1],
      nullable: true,
    };
  },
  kernel: (call) => kernel(fractionOf(call)),
  print: ([value = "", fraction = ""]) => `percentile(${value}, ${fraction}, 1)`,
  examples: [
    { sql: "SELECT percentile(col, 0.3) FROM VALUES (0), (10) AS tab(col)", rows: ["3.0"] },
  ],
};

export const MEDIAN: AggregateBuiltin = {
  kind: "aggregate",
  name: "median",
  resolve: (args, context) => ({
    args: typeArguments(args, context, [DOUBLE_PARAMETER]),
    type: DOUBLE,
    nullable: true,
  }),
  kernel: kernel(0.5),
  examples: [{ sql: "SELECT median(col) FROM VALUES (0), (10) AS tab(col)", rows: ["5.0"] }],
};
