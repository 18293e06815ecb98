import { STRING } from "../../columnar/data-type.ts";
import type { CallFacts, ScalarBuiltin, ScalarKernel } from "../builtin.ts";
import {
  INT_PARAMETER,
  STRING_PARAMETER,
  TEXT_OR_BINARY_PARAMETER,
  takes,
  typeArguments,
} from "../parameters.ts";

const MAX_INT = 2_147_483_647;

const resolveSlice =
  (required: number, count: number): ScalarBuiltin["resolve"] =>
  (args, context) => {
    const parameters = [TEXT_OR_BINARY_PARAMETER, INT_PARAMETER, INT_PARAMETER].slice(0, count);
    const types = typeArguments(args, context, parameters, required);
    return { args: types, type: types[0] ?? STRING };
  };

const substringKernel = (call: CallFacts): ScalarKernel => ({
  kind: "emit",
  emit: (context, [text, position, length]) => {
    const { code } = context;
    if (text) code.get(text);
    if (position) code.get(position);
    if (length) code.get(length);
    else code.i32(MAX_INT);
    context.kernel(call.type.kind === "binary" ? "bytesSubstring" : "stringSubstring");
  },
});

const substringNamed = (name: string, examples: ScalarBuiltin["examples"]): ScalarBuiltin => ({
  kind: "scalar",
  name,
  resolve: resolveSlice(2, 3),
  kernel: substringKernel,
  print: (args) => `${name}(${[...args, ...(args.length === 2 ? [MAX_INT] : [])].join(", ")})`,
  cost: 5,
  examples,
});

/** By code points of text, bytes of binary. */
export const SUBSTRING: ScalarBuiltin = substringNamed("substring", [
  { sql: "SELECT substring('Spark SQL', 5)", rows: ["k SQL"] },
  { sql: "SELECT substring('Spark SQL', -3)", rows: ["SQL"] },
  { sql: "SELECT substring('Spark SQL', 5, 1)", rows: ["k"] },
  { sql: "SELECT substring('héllo', 2, 2), substring('abc', -5, 3)", rows: ["él\ta"] },
  { sql: "SELECT substring(encode('Spark SQL', 'utf-8'), 5)", rows: ["k SQL"] },
]);

/** As `substring`. */
export const SUBSTR: ScalarBuiltin = substringNamed("substr", [
  { sql: "SELECT substr('Spark SQL', 5)", rows: ["k SQL"] },
]);

export const LEFT: ScalarBuiltin = {
  kind: "scalar",
  name: "left",
  resolve: resolveSlice(2, 2),
  kernel: (call) => ({
    kind: "emit",
    emit: (context, [text, length]) => {
      const { code } = context;
      if (text) code.get(text);
      code.i32(1);
      if (length) code.get(length);
      context.kernel(call.type.kind === "binary" ? "bytesSubstring" : "stringSubstring");
    },
  }),
  cost: 5,
  examples: [{ sql: "SELECT left('Spark SQL', 3), left('abc', -1)", rows: ["Spa\t"] }],
};

export const RIGHT: ScalarBuiltin = {
  kind: "scalar",
  name: "right",
  resolve: takes([STRING_PARAMETER, INT_PARAMETER], STRING),
  kernel: {
    kind: "emit",
    emit: (context, [text, length]) => {
      if (text) context.code.get(text);
      if (length) context.code.get(length);
      context.kernel("stringRight");
    },
  },
  cost: 5,
  examples: [{ sql: "SELECT right('Spark SQL', 3), right('abc', 0)", rows: ["SQL\t"] }],
};
