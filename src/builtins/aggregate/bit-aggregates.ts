import { INT, LONG } from "../../columnar/data-type.ts";
import { isIntegral } from "../../columnar/type-class.ts";
import type { AggregateBuiltin, Example } from "../builtin.ts";
import { requireArguments, unexpectedArgument } from "../type-mismatch.ts";
import { foldAggregate } from "./fold.ts";

function bitFold(
  name: string,
  instruction: "and" | "or" | "xor",
  examples: readonly Example[],
): AggregateBuiltin {
  return {
    kind: "aggregate",
    name,
    resolve: (args, context) => {
      requireArguments(args, context, 1);
      const given = args[0]?.type ?? LONG;
      const type = given.kind === "null" ? INT : given;
      if (!isIntegral(type))
        throw unexpectedArgument(args, ([child = ""]) => `${name}(${child})`, 0, '"INTEGRAL"');
      return { args: [type], type, nullable: true };
    },
    kernel: foldAggregate(({ code }, state, value) =>
      code
        .get(state)
        .get(value)
        .op(`${value.type as "i32" | "i64"}.${instruction}`),
    ),
    examples,
  };
}

const over = (name: string): string => `SELECT ${name}(col) FROM VALUES (3), (5) AS tab(col)`;

export const BIT_AND = bitFold("bit_and", "and", [{ sql: over("bit_and"), rows: ["1"] }]);
export const BIT_OR = bitFold("bit_or", "or", [{ sql: over("bit_or"), rows: ["7"] }]);
export const BIT_XOR = bitFold("bit_xor", "xor", [{ sql: over("bit_xor"), rows: ["6"] }]);
