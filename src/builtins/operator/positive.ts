import type { ScalarBuiltin } from "../builtin.ts";
import { resolveSigned } from "./negative.ts";

const print = ([child = ""]: readonly string[]): string => `(+ ${child})`;

export const POSITIVE: ScalarBuiltin = {
  kind: "scalar",
  name: "positive",
  resolve: (args, context) => resolveSigned(args, context, print),
  kernel: {
    kind: "emit",
    emit: ({ code }, [value]) => {
      if (value) code.get(value);
    },
  },
  print,
  examples: [{ sql: "SELECT positive(1)", rows: ["1"] }],
};
