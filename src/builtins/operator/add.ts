import type { ScalarBuiltin } from "../builtin.ts";
import { infix } from "./infix.ts";
import { resolveSum, sumKernel } from "./sum.ts";

export const ADD: ScalarBuiltin = {
  kind: "scalar",
  name: "+",
  resolve: (args, context) => resolveSum("+", args, context, infix("+")),
  kernel: (call) => sumKernel("+", call),
  print: infix("+"),
  examples: [
    { sql: "SELECT 1 + 2", rows: ["3"] },
    { sql: "SELECT 1.5 + 2.25", rows: ["3.75"] },
    { sql: "SELECT DATE'2020-01-01' + 1", rows: ["2020-01-02"] },
  ],
};
