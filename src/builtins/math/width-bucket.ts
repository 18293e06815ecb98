import { type DataType, DOUBLE, LONG } from "../../columnar/data-type.ts";
import { isInterval } from "../../columnar/type-class.ts";
import type { Argument, ScalarBuiltin } from "../builtin.ts";
import { DOUBLE_PARAMETER, LONG_PARAMETER, typeArguments } from "../parameters.ts";
import { differentArguments, requireArguments } from "../type-mismatch.ts";

const LONG_MAX = (1n << 63n) - 1n;

/** Null where there is no bucket to be in: no buckets, equal or infinite bounds, a value that is no number. */
function bucket(value: number, low: number, high: number, count: bigint): bigint | null {
  if (count <= 0n || count === LONG_MAX || Number.isNaN(value) || low === high) return null;
  if (!Number.isFinite(low) || !Number.isFinite(high)) return null;
  const lower = Math.min(low, high);
  const upper = Math.max(low, high);
  if (low < high) {
    if (value < lower) return 0n;
    if (value >= upper) return count + 1n;
    return BigInt(Math.floor((Number(count) * (value - lower)) / (upper - lower))) + 1n;
  }
  if (value > upper) return 0n;
  if (value <= lower) return count + 1n;
  return BigInt(Math.floor((Number(count) * (upper - value)) / (upper - lower))) + 1n;
}

function boundType(args: readonly Argument[]): DataType {
  return args.slice(0, 3).find(({ type }) => isInterval(type))?.type ?? DOUBLE;
}

export const WIDTH_BUCKET: ScalarBuiltin = {
  kind: "scalar",
  name: "width_bucket",
  resolve: (args, context) => {
    requireArguments(args, context, 4);
    const type = boundType(args);
    if (type === DOUBLE)
      return {
        args: typeArguments(args, context, [
          DOUBLE_PARAMETER,
          DOUBLE_PARAMETER,
          DOUBLE_PARAMETER,
          LONG_PARAMETER,
        ]),
        type: LONG,
        nullable: true,
      };
    if (args.slice(0, 3).some((bound) => bound.type.kind !== type.kind))
      throw differentArguments(args, (a) => `width_bucket(${a.join(", ")})`, "width_bucket");
    return { args: [type, type, type, LONG], type: LONG, nullable: true };
  },
  kernel: {
    kind: "row",
    prepare:
      () => (value: number | bigint, low: number | bigint, high: number | bigint, count: bigint) =>
        bucket(Number(value), Number(low), Number(high), count),
  },
  examples: [
    { sql: "SELECT width_bucket(5.3, 0.2, 10.6, 5)", rows: ["3"] },
    { sql: "SELECT width_bucket(-0.9, 5.2, 0.5, 2)", rows: ["3"] },
  ],
};
