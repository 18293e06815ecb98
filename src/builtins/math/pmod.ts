import { remainderByZero } from "../arithmetic-errors.ts";
import type { CallFacts, ScalarBuiltin, ScalarKernel } from "../builtin.ts";
import { resolveRemainder, wideDecimalRemainder } from "../operator/remainder.ts";

/** ((a % n) + n) % n where the remainder is negative: the sign of the divisor, as Spark has it. */
function positive<T extends number | bigint>(
  a: T,
  n: T,
  remainder: (a: T, n: T) => T,
  add: (a: T, b: T) => T,
): T {
  const rest = remainder(a, n);
  return rest < 0 ? remainder(add(rest, n), n) : rest;
}

function kernel(call: CallFacts): ScalarKernel {
  const whole = (a: bigint, n: bigint): bigint =>
    positive(
      a,
      n,
      (x, y) => x % y,
      (x, y) => x + y,
    );
  if (call.type.kind === "decimal") return wideDecimalRemainder(call, whole);
  return {
    kind: "row",
    prepare: () => (a: number | bigint, n: number | bigint) => {
      // biome-ignore lint/suspicious/noDoubleEquals: numbers and bigints alike
      if (n == 0) {
        if (call.ansi) throw remainderByZero();
        return null;
      }
      if (typeof a === "bigint") return whole(a, BigInt(n));
      return positive(
        a,
        Number(n),
        (x, y) => x % y,
        (x, y) => x + y,
      );
    },
  };
}

const print = ([a = "", b = ""]: readonly string[]): string => `pmod(${a}, ${b})`;

export const PMOD: ScalarBuiltin = {
  kind: "scalar",
  name: "pmod",
  evaluates: "lastFirst",
  resolve: (args, context) => resolveRemainder(args, context, print),
  kernel,
  print,
  cost: 20,
  examples: [
    { sql: "SELECT pmod(10, 3)", rows: ["1"] },
    { sql: "SELECT pmod(-10, 3)", rows: ["2"] },
  ],
};
