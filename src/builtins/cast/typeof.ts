import { STRING, simpleString } from "../../columnar/data-type.ts";
import type { ScalarBuiltin } from "../builtin.ts";
import { requireArguments } from "../type-mismatch.ts";

export const TYPEOF: ScalarBuiltin = {
  kind: "scalar",
  name: "typeof",
  resolve: (args, context) => {
    requireArguments(args, context, 1);
    return { args: args.map(({ type }) => type), type: STRING, nullable: false };
  },
  kernel: {
    kind: "row",
    handlesNulls: true,
    prepare: ({ args: [argument] }) => {
      const text = argument ? simpleString(argument.type) : "void";
      return () => text;
    },
  },
  examples: [
    { sql: "SELECT typeof(1)", rows: ["int"] },
    { sql: "SELECT typeof(1 + 1.5)", rows: ["decimal(3,1)"] },
  ],
};
