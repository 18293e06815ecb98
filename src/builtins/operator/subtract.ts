import type { ScalarBuiltin } from "../builtin.ts";
import { infix } from "./infix.ts";
import { resolveSum, sumKernel } from "./sum.ts";

export const SUBTRACT: ScalarBuiltin = {
  kind: "scalar",
  name: "-",
  resolve: (args, context) => resolveSum("-", args, context, infix("-")),
  kernel: (call) => sumKernel("-", call),
  print: infix("-"),
  examples: [
    { sql: "SELECT 2 - 1", rows: ["1"] },
    { sql: "SELECT 1 - 0.05", rows: ["0.95"] },
    { sql: "SELECT DATE'2020-01-05' - DATE'2020-01-01'", rows: ["4 00:00:00.000000000"] },
  ],
};
