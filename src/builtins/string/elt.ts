import { INT, STRING } from "../../columnar/data-type.ts";
import { DataError } from "../../common/errors.ts";
import type { ScalarBuiltin } from "../builtin.ts";
import { INT_PARAMETER, TEXT_OR_BINARY_PARAMETER, typeArguments } from "../parameters.ts";
import { requireArguments } from "../type-mismatch.ts";

/** The argument of a number, from 1. Fails with `INVALID_ARRAY_INDEX` where there is none; null without ANSI. */
export const ELT: ScalarBuiltin = {
  kind: "scalar",
  name: "elt",
  resolve: (args, context) => {
    requireArguments(args, context, 2, Number.POSITIVE_INFINITY);
    const parameters = args.map((_, i) => (i === 0 ? INT_PARAMETER : TEXT_OR_BINARY_PARAMETER));
    const [, ...types] = typeArguments(args, context, parameters);
    const binary = types.find((type) => type.kind === "binary");
    const type = binary && types.every((t) => t.kind === "binary") ? binary : STRING;
    return { args: [INT, ...types.map(() => type)], type, nullable: true };
  },
  kernel: {
    kind: "row",
    handlesNulls: true,
    prepare:
      (call) =>
      (index: number | null, ...values: readonly unknown[]) => {
        if (index === null) return null;
        if (index >= 1 && index <= values.length) return values[index - 1] ?? null;
        if (!call.ansi) return null;
        throw new DataError({
          condition: "INVALID_ARRAY_INDEX",
          message: `The index ${index} is out of bounds. The array has ${values.length} elements. Use the SQL function \`get()\` to tolerate accessing element at invalid index and return NULL instead.`,
          sqlState: "22003",
        });
      },
  },
  examples: [
    { sql: "SELECT elt(1, 'scala', 'java')", rows: ["scala"] },
    { sql: "SELECT elt(2, 'a', 1)", rows: ["1"] },
  ],
};
