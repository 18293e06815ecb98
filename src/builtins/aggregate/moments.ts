import { DOUBLE } from "../../columnar/data-type.ts";
import type { Local } from "../../wasm/function-builder.ts";
import type {
  AggregateBuiltin,
  EmitContext,
  Evaluated,
  Example,
  SlotAggregate,
  StateSlot,
} from "../builtin.ts";
import { DOUBLE_PARAMETER, typeArguments } from "../parameters.ts";

const COLUMNS = ["n", "avg", "m2"];

function load(context: EmitContext, slot: StateSlot): Local {
  const local = context.code.local("f64");
  slot.load();
  context.code.set(local);
  return local;
}

/** Welford's step, in the order of Spark's `CentralMomentAgg`. */
function emitUpdate(context: EmitContext, [n, avg, m2]: readonly StateSlot[], value: Local): void {
  if (!n || !avg || !m2) return;
  const { code } = context;
  const count = code.local("f64");
  const delta = code.local("f64");
  const step = code.local("f64");
  const mean = load(context, avg);
  n.load();
  code.f64(1).op("f64.add").tee(count);
  n.store();
  code.get(value).get(mean).op("f64.sub").tee(delta).get(count).op("f64.div").set(step);
  code.get(mean).get(step).op("f64.add");
  avg.store();
  m2.load();
  code.get(delta).get(delta).get(step).op("f64.sub").op("f64.mul").op("f64.add");
  m2.store();
}

function emitMerge(
  context: EmitContext,
  [n, avg, m2]: readonly StateSlot[],
  [otherN, otherAvg, otherM2]: readonly Evaluated[],
): void {
  if (!n || !avg || !m2 || !otherN || !otherAvg || !otherM2) return;
  const { code } = context;
  const count = load(context, n);
  const mean = load(context, avg);
  const total = code.local("f64");
  const delta = code.local("f64");
  const step = code.local("f64");
  code.get(count).get(otherN.value).op("f64.add").tee(total);
  n.store();
  code.get(otherAvg.value).get(mean).op("f64.sub").set(delta);
  code.get(delta).get(total).op("f64.div").f64(0).get(total).f64(0).op("f64.ne").op("select");
  code.set(step);
  code.get(mean).get(step).get(otherN.value).op("f64.mul").op("f64.add");
  avg.store();
  m2.load();
  code.get(otherM2.value).op("f64.add");
  code.get(delta).get(step).op("f64.mul").get(count).op("f64.mul").get(otherN.value).op("f64.mul");
  code.op("f64.add");
  m2.store();
}

/** m2 / (n − correction), null without enough rows. */
function emitFinish(
  context: EmitContext,
  [n, , m2]: readonly StateSlot[],
  correction: 0 | 1,
  root: boolean,
): Evaluated {
  const { code } = context;
  const value = code.local("f64");
  const isNull = code.local("i32");
  if (!n || !m2) return { value, isNull };
  const count = load(context, n);
  m2.load();
  code.get(count).f64(correction).op("f64.sub").op("f64.div");
  if (root) code.op("f64.sqrt");
  code.set(value);
  code.get(count).f64(correction).op("f64.le").set(isNull);
  return { value, isNull };
}

function kernel(correction: 0 | 1, root: boolean): SlotAggregate {
  return {
    kind: "slots",
    state: () => COLUMNS.map((name) => ({ name, type: DOUBLE, nullable: false })),
    update: (context, state, [arg]) => {
      if (arg) emitUpdate(context, state, arg.value);
    },
    merge: emitMerge,
    finish: (context, state) => emitFinish(context, state, correction, root),
  };
}

function moment(
  name: string,
  correction: 0 | 1,
  root: boolean,
  examples: readonly Example[],
): AggregateBuiltin {
  return {
    kind: "aggregate",
    name,
    resolve: (args, context) => ({
      args: typeArguments(args, context, [DOUBLE_PARAMETER]),
      type: DOUBLE,
      nullable: true,
    }),
    kernel: kernel(correction, root),
    examples,
  };
}

const over = (name: string): string => `SELECT ${name}(col) FROM VALUES (1), (2), (3) AS tab(col)`;

export const STDDEV = moment("stddev", 1, true, [{ sql: over("stddev"), rows: ["1.0"] }]);
export const STD = moment("std", 1, true, [{ sql: over("std"), rows: ["1.0"] }]);
export const STDDEV_SAMP = moment("stddev_samp", 1, true, [
  { sql: over("stddev_samp"), rows: ["1.0"] },
]);
export const STDDEV_POP = moment("stddev_pop", 0, true, [
  { sql: over("stddev_pop"), rows: ["0.816496580927726"] },
]);
export const VARIANCE = moment("variance", 1, false, [{ sql: over("variance"), rows: ["1.0"] }]);
export const VAR_SAMP = moment("var_samp", 1, false, [{ sql: over("var_samp"), rows: ["1.0"] }]);
export const VAR_POP = moment("var_pop", 0, false, [
  { sql: over("var_pop"), rows: ["0.6666666666666666"] },
]);
