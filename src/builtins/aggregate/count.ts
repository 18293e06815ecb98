import { LONG } from "../../columnar/data-type.ts";
import type { AggregateBuiltin, EmitContext, StateSlot } from "../builtin.ts";
import { finishSlot } from "./finish-slot.ts";

function emitAdd(context: EmitContext, slot: StateSlot | undefined, push: () => void): void {
  slot?.load();
  push();
  context.code.op("i64.add");
  slot?.store();
}

/** `count(*)` is a call without arguments; of several arguments, rows where none is null count. */
export const COUNT: AggregateBuiltin = {
  kind: "aggregate",
  name: "count",
  resolve: (args) => ({ args: args.map(({ type }) => type), type: LONG, nullable: false }),
  kernel: {
    kind: "slots",
    state: () => [{ name: "count", type: LONG, nullable: false }],
    update: (context, [count]) => emitAdd(context, count, () => context.code.i64(1n)),
    merge: (context, [count], [from]) =>
      emitAdd(context, count, () => from && context.code.get(from.value)),
    finish: (context, [count]) => finishSlot(context, count, false),
  },
  print: (args) => `count(${args.length === 0 ? "1" : args.join(", ")})`,
  examples: [
    { sql: "SELECT count(*) FROM VALUES (NULL), (5), (5), (20) AS tab(col)", rows: ["4"] },
    { sql: "SELECT count(col) FROM VALUES (NULL), (5), (5), (20) AS tab(col)", rows: ["3"] },
    {
      sql: "SELECT count(DISTINCT col) FROM VALUES (NULL), (5), (5), (10) AS tab(col)",
      rows: ["2"],
    },
  ],
};
