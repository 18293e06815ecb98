import { BOOLEAN, LONG } from "../../columnar/data-type.ts";
import type { AggregateBuiltin, Example } from "../builtin.ts";
import { BOOLEAN_PARAMETER, typeArguments } from "../parameters.ts";
import { finishSlot } from "./finish-slot.ts";
import { foldAggregate } from "./fold.ts";

function booleanFold(
  name: string,
  instruction: "i32.and" | "i32.or",
  examples: readonly Example[],
): AggregateBuiltin {
  return {
    kind: "aggregate",
    name,
    resolve: (args, context) => ({
      args: typeArguments(args, context, [BOOLEAN_PARAMETER]),
      type: BOOLEAN,
      nullable: true,
    }),
    kernel: foldAggregate(({ code }, state, value) => code.get(state).get(value).op(instruction)),
    examples,
  };
}

const over = (name: string, values: string): string =>
  `SELECT ${name}(col) FROM VALUES ${values} AS tab(col)`;

export const BOOL_AND = booleanFold("bool_and", "i32.and", [
  { sql: over("bool_and", "(true), (true), (true)"), rows: ["true"] },
  { sql: over("bool_and", "(true), (false), (true)"), rows: ["false"] },
]);
export const EVERY = booleanFold("every", "i32.and", [
  { sql: over("every", "(NULL), (true), (true)"), rows: ["true"] },
]);
export const BOOL_OR = booleanFold("bool_or", "i32.or", [
  { sql: over("bool_or", "(true), (false), (false)"), rows: ["true"] },
]);
export const SOME = booleanFold("some", "i32.or", [
  { sql: over("some", "(false), (false), (NULL)"), rows: ["false"] },
]);
export const ANY = booleanFold("any", "i32.or", [
  { sql: over("any", "(NULL), (true), (false)"), rows: ["true"] },
]);

export const COUNT_IF: AggregateBuiltin = {
  kind: "aggregate",
  name: "count_if",
  resolve: (args, context) => ({
    args: typeArguments(args, context, [BOOLEAN_PARAMETER]),
    type: LONG,
    nullable: false,
  }),
  kernel: {
    kind: "slots",
    state: () => [{ name: "count", type: LONG, nullable: false }],
    update: ({ code }, [count], [arg]) => {
      if (!count || !arg) return;
      count.load();
      code.get(arg.value).op("i64.extend_i32_u").op("i64.add");
      count.store();
    },
    merge: ({ code }, [count], [from]) => {
      if (!count || !from) return;
      count.load();
      code.get(from.value).op("i64.add");
      count.store();
    },
    finish: (context, [count]) => finishSlot(context, count, false),
  },
  examples: [
    {
      sql: "SELECT count_if(col % 2 = 0) FROM VALUES (NULL), (0), (1), (2), (3) AS tab(col)",
      rows: ["2"],
    },
    {
      sql: "SELECT count_if(col IS NULL) FROM VALUES (NULL), (0), (1), (2), (3) AS tab(col)",
      rows: ["1"],
    },
  ],
};
