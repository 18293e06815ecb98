import { type DataType, INT, LONG, someType } from "../../columnar/data-type.ts";
import type { Example, ScalarBuiltin } from "../builtin.ts";
import { hashOfMap, requireArguments } from "../type-mismatch.ts";
import { type Hasher, hashValue } from "./hash-value.ts";
import { MURMUR3 } from "./murmur3.ts";
import { XXHASH64 } from "./xxhash64.ts";

/** Over any number of values of any type, each going on from the hash of those before it. */
function hashFunction<H>(
  name: string,
  hasher: Hasher<H>,
  seed: H,
  type: DataType,
  examples: readonly Example[],
): ScalarBuiltin {
  return {
    kind: "scalar",
    name,
    resolve: (args, context) => {
      requireArguments(args, context, 1, Number.POSITIVE_INFINITY);
      if (args.some((arg) => someType(arg.type, ({ kind }) => kind === "map")))
        throw hashOfMap(args, name);
      return { args: args.map((argument) => argument.type), type, nullable: false };
    },
    kernel: {
      kind: "row",
      handlesNulls: true,
      prepare:
        ({ args }) =>
        (...values: unknown[]) =>
          args.reduce<H>(
            (hash, argument, i) => hashValue(hasher, argument.type, values[i] ?? null, hash),
            seed,
          ),
    },
    examples,
  };
}

export const HASH = hashFunction("hash", MURMUR3, 42, INT, [
  { sql: "SELECT hash('abc', 1)", rows: ["945627151"] },
  { sql: "SELECT hash(NULL)", rows: ["42"] },
  { sql: "SELECT hash(CAST(1.5 AS DECIMAL(30, 2)))", rows: ["-339019914"] },
]);
export const XXHASH64_FUNCTION = hashFunction("xxhash64", XXHASH64, 42n, LONG, [
  { sql: "SELECT xxhash64('Spark', 1L)", rows: ["-3786025766646407443"] },
  {
    sql: "SELECT xxhash64('abcdefghijklmnopqrstuvwxyz0123456789')",
    rows: ["2724237963427677065"],
  },
]);
