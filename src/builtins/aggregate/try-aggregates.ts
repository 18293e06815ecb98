import { BOOLEAN } from "../../columnar/data-type.ts";
import { isIntegral, isInterval } from "../../columnar/type-class.ts";
import { assert } from "../../common/assert.ts";
import type {
  AggregateBuiltin,
  CallFacts,
  EmitContext,
  Evaluated,
  Example,
  SlotAggregate,
  StateSlot,
} from "../builtin.ts";
import { failingToNull } from "../failing-to-null.ts";
import { AVG } from "./avg.ts";
import { SUM } from "./sum.ts";

/** An aggregate that is null where its own arithmetic overflows; errors of its argument stay errors. */
function tryOf(
  aggregate: AggregateBuiltin,
  name: string,
  examples: readonly Example[],
): AggregateBuiltin {
  return {
    kind: "aggregate",
    name,
    resolve: aggregate.resolve,
    kernel: (call) => {
      const remembers = isIntegral(call.type) || isInterval(call.type);
      const facts = { ...call, ansi: remembers };
      const { kernel } = aggregate;
      const inner = typeof kernel === "function" ? kernel(facts) : kernel;
      assert(inner.kind === "slots", "A sum has no slots");
      return remembers ? rememberingFailure(inner, facts) : withFacts(inner, facts);
    },
    examples,
  };
}

/** Without ANSI decimals are null where they overflow. */
function withFacts(inner: SlotAggregate, facts: CallFacts): SlotAggregate {
  return {
    kind: "slots",
    state: () => inner.state(facts),
    update: (context, state, args) => inner.update(context, state, args, facts),
    merge: (context, state, from) => inner.merge(context, state, from, facts),
    finish: (context, state) => inner.finish(context, state, facts),
  };
}

/** One more column of the state says whether any addition has failed. */
function rememberingFailure(inner: SlotAggregate, facts: CallFacts): SlotAggregate {
  return {
    kind: "slots",
    state: () => [...inner.state(facts), { name: "failed", type: BOOLEAN, nullable: false }],
    update: (context, state, args) =>
      noting(context, state, null, (noted) => inner.update(noted, state.slice(0, -1), args, facts)),
    merge: (context, state, from) =>
      noting(context, state, from.at(-1) ?? null, (noted) =>
        inner.merge(noted, state.slice(0, -1), from.slice(0, -1), facts),
      ),
    finish: (context, state) => {
      const { value, isNull } = inner.finish(context, state.slice(0, -1), facts);
      const either = context.code.local("i32");
      state.at(-1)?.load();
      if (isNull) context.code.get(isNull).op("i32.or");
      context.code.set(either);
      return { value, isNull: either };
    },
  };
}

function noting(
  context: EmitContext,
  state: readonly StateSlot[],
  before: Evaluated | null,
  write: (context: EmitContext) => void,
): void {
  const { code } = context;
  const failed = code.local("i32");
  const slot = state.at(-1);
  if (before) code.get(before.value).set(failed);
  else code.i32(0).set(failed);
  write(failingToNull(context, failed));
  slot?.load();
  code.get(failed).op("i32.or");
  slot?.store();
}

const LARGEST = "9223372036854775807L";

/** Aggregates that give null where `sum` and `avg` would overflow. */
export const TRY_AGGREGATES: readonly AggregateBuiltin[] = [
  tryOf(SUM, "try_sum", [
    { sql: "SELECT try_sum(col) FROM VALUES (5), (10), (15) AS tab(col)", rows: ["30"] },
    { sql: "SELECT try_sum(col) FROM VALUES (NULL), (10), (15) AS tab(col)", rows: ["25"] },
    { sql: "SELECT try_sum(col) FROM VALUES (NULL), (NULL) AS tab(col)", rows: ["NULL"] },
    { sql: `SELECT try_sum(col) FROM VALUES (${LARGEST}), (1L) AS tab(col)`, rows: ["NULL"] },
  ]),
  tryOf(AVG, "try_avg", [
    { sql: "SELECT try_avg(col) FROM VALUES (1), (2), (3) AS tab(col)", rows: ["2.0"] },
    { sql: "SELECT try_avg(col) FROM VALUES (1), (2), (NULL) AS tab(col)", rows: ["1.5"] },
    {
      sql: "SELECT try_avg(col) FROM VALUES (interval '2147483647 months'), (interval '1 months') AS tab(col)",
      rows: ["NULL"],
    },
  ]),
];
