import { LONG } from "../../columnar/data-type.ts";
import type { ScalarBuiltin } from "../builtin.ts";
import { INT_PARAMETER, takes } from "../parameters.ts";

const FACTORIALS: readonly bigint[] = Array.from({ length: 21 }, (_, n) =>
  Array.from({ length: n }, (_unused, i) => BigInt(i + 1)).reduce((a, b) => a * b, 1n),
);

/** Null outside of 0 to 20, which is all that a long holds. */
export const FACTORIAL: ScalarBuiltin = {
  kind: "scalar",
  name: "factorial",
  resolve: takes([INT_PARAMETER], LONG, { nullable: true }),
  kernel: { kind: "row", prepare: () => (n: number) => FACTORIALS[n] ?? null },
  examples: [{ sql: "SELECT factorial(5)", rows: ["120"] }],
};
