import type {
  AggregateBuiltin,
  CallFacts,
  Evaluated,
  HostAggregate,
  SlotAggregate,
  StateSlot,
} from "../../builtins/builtin.ts";
import { findBuiltin } from "../../builtins/registry.ts";
import { BINARY, type DataType, sameType } from "../../columnar/data-type.ts";
import { laneOf, registerOf } from "../../columnar/vector.ts";
import { assert, impossible, present } from "../../common/assert.ts";
import type { HashAggregateExec } from "../../physical/physical-plan.ts";
import type { AggregateCall, Attribute } from "../../plan/expression.ts";
import { nullableOf } from "../../plan/expression-type.ts";
import type { Local } from "../../wasm/function-builder.ts";
import type { ByteHeap } from "../byte-heap.ts";
import { argumentOf } from "../code/expression-compiler.ts";
import type { FunctionEmitter } from "../code/function-emitter.ts";
import { HostCall } from "../code/host-call.ts";
import { writeLane } from "../code/js-value.ts";
import { loadLane, storeLane } from "../code/lane-access.ts";
import type { RowContext } from "../pipeline/row-context.ts";
import type { TaskSettings } from "../task-spec.ts";
import { pushRefCopy, type TupleField, type TupleLayout } from "./tuple-layout.ts";

/** One aggregate call of an operator: how its state is kept, updated, merged and finished. */
export interface AggregateCode {
  /** The columns of its state in a group's tuple. */
  readonly fields: readonly {
    readonly id: number;
    readonly type: DataType;
    readonly nullable: boolean;
  }[];
  initialize(emitter: FunctionEmitter, group: Local, layout: TupleLayout): void;
  update(row: RowContext, group: Local, layout: TupleLayout, bytes: ByteHeap): void;
  /** Adds the state columns of the row, as a partial phase put them out. */
  merge(row: RowContext, group: Local, layout: TupleLayout, bytes: ByteHeap): void;
  /** The state columns as a partial phase puts them out. */
  stateOf(emitter: FunctionEmitter, group: Local, layout: TupleLayout): readonly Evaluated[];
  finish(emitter: FunctionEmitter, group: Local, layout: TupleLayout, bytes: ByteHeap): Evaluated;
}

type AggregateOf = HashAggregateExec["aggregates"][number];

export function aggregateCode(aggregate: AggregateOf, settings: TaskSettings): AggregateCode {
  const kernel = kernelOf(aggregate.call, settings.timeZone);
  return kernel.kind === "slots"
    ? slotCode(aggregate, kernel, settings)
    : hostCode(aggregate, kernel, settings);
}

/**
 * An aggregate whose state another one of the operator already keeps; null where `leader` does not. Only for phases
 * that update.
 */
export function followingCode(
  follower: AggregateOf,
  leader: AggregateOf,
  settings: TaskSettings,
): AggregateCode | null {
  const { call } = follower;
  const kernel = kernelOf(call, settings.timeZone);
  const leading = kernelOf(leader.call, settings.timeZone);
  if (kernel.kind !== "slots" || leading.kind !== "slots") return null;
  const read = leading.gives?.[call.name];
  const columns = kernel.state(factsOf(call, settings.timeZone));
  if (!read || !sameRows(call, leader.call)) return null;
  const leaderColumns = leading.state(factsOf(leader.call, settings.timeZone));
  if (
    columns.length !== 1 ||
    !columns.every((c) => leaderColumns.some((l) => sameType(l.type, c.type)))
  )
    return null;
  const stateOf: AggregateCode["stateOf"] = (emitter, group, layout) =>
    read(
      emitter,
      leaderColumns.map((_, i) =>
        slotOf(emitter, group, layout.field(stateId(leader.state, i)), null),
      ),
    );
  return {
    fields: [],
    initialize() {},
    update() {},
    merge() {
      impossible("A following aggregate is not merged");
    },
    stateOf,
    finish(emitter, group, layout) {
      const slots = stateOf(emitter, group, layout).map((value, i) =>
        readySlot(emitter, present(columns[i], "column").type, value),
      );
      return kernel.finish(emitter, slots, factsOf(call, settings.timeZone));
    },
  };
}

/** Whether two calls see the same values: the same arguments, or one that counts all rows and one without nulls. */
function sameRows(follower: AggregateCall, leader: AggregateCall): boolean {
  if (follower.distinct || leader.distinct) return false;
  if (JSON.stringify(follower.filter) !== JSON.stringify(leader.filter)) return false;
  if (JSON.stringify(follower.args) === JSON.stringify(leader.args)) return true;
  return (
    follower.name === "count" &&
    [...follower.args, ...leader.args].every((argument) => !nullableOf(argument))
  );
}

/** A slot over a value that is already in locals. */
function readySlot(
  { code }: FunctionEmitter,
  type: DataType,
  { value, isNull }: Evaluated,
): StateSlot {
  const readOnly = (): never => impossible("A state that is read off another one is not written");
  return {
    type,
    load: () => void code.get(value),
    loadIsNull: () => void (isNull ? code.get(isNull) : code.i32(0)),
    store: readOnly,
    addNarrow: readOnly,
    storeIsNull: readOnly,
    storeCopy: readOnly,
  };
}

function kernelOf(call: AggregateCall, timeZone: string): SlotAggregate | HostAggregate {
  const builtin = findBuiltin(call.name);
  assert(builtin?.kind === "aggregate", `${call.name} is no aggregate function`);
  const { kernel } = builtin as AggregateBuiltin;
  return typeof kernel === "function" ? kernel(factsOf(call, timeZone)) : kernel;
}

function factsOf(call: AggregateCall, timeZone: string): CallFacts {
  return {
    name: call.name,
    args: call.args.map(argumentOf),
    type: call.type,
    ansi: call.ansi,
    timeZone,
  };
}

function slotCode(
  { call, state }: AggregateOf,
  kernel: SlotAggregate,
  settings: TaskSettings,
): AggregateCode {
  const facts = factsOf(call, settings.timeZone);
  const columns = kernel.state(facts);
  const fields = columns.map((column, i) => ({
    id: stateId(state, i),
    type: column.type,
    nullable: column.nullable,
  }));
  const slots = (
    emitter: FunctionEmitter,
    group: Local,
    layout: TupleLayout,
    bytes: ByteHeap | null,
  ): StateSlot[] => fields.map((f) => slotOf(emitter, group, layout.field(f.id), bytes));
  return {
    fields,
    initialize(emitter, group, layout) {
      for (const f of fields) {
        const { nullOffset } = layout.field(f.id);
        if (nullOffset >= 0) emitter.code.get(group).i32(1).memory("i32.store8", nullOffset);
      }
    },
    update(row, group, layout, bytes) {
      whereFilterPasses(row, call, () => {
        const args = call.args.map((arg) => row.scope.evaluate(arg));
        whereNotNull(row.emitter, kernel.updatesOnNull ? [] : args, (present) => {
          kernel.update(
            row.emitter,
            slots(row.emitter, group, layout, bytes),
            present ? args.map((a) => ({ value: a.value, isNull: null })) : args,
            facts,
          );
        });
      });
    },
    merge(row, group, layout, bytes) {
      const from = state.map((attribute) => row.scope.attribute(attribute.id));
      kernel.merge(row.emitter, slots(row.emitter, group, layout, bytes), from, facts);
    },
    stateOf(emitter, group, layout) {
      return slots(emitter, group, layout, null).map((slot, i) => {
        const { code } = emitter;
        const value = code.local(registerOf(slot.type));
        slot.load();
        code.set(value);
        if (!columns[i]?.nullable) return { value, isNull: null };
        const isNull = code.local("i32");
        slot.loadIsNull();
        code.set(isNull);
        return { value, isNull };
      });
    },
    finish(emitter, group, layout, bytes) {
      return kernel.finish(emitter, slots(emitter, group, layout, bytes), facts);
    },
  };
}

function stateId(state: readonly Attribute[], i: number): number {
  return present(state[i], "state attribute").id;
}

function slotOf(
  emitter: FunctionEmitter,
  group: Local,
  field: TupleField,
  bytes: ByteHeap | null,
): StateSlot {
  const { code } = emitter;
  const lane = laneOf(field.type);
  return {
    type: field.type,
    load() {
      code.get(group);
      loadLane(code, lane, registerOf(field.type), field.offset);
    },
    store() {
      const value = code.local(registerOf(field.type));
      code.set(value).get(group).get(value);
      storeLane(code, lane, field.offset);
    },
    addNarrow(value) {
      const low = code.local("i64");
      code.get(group).get(group).memory("i64.load", field.offset).get(value).op("i64.add");
      code.tee(low).memory("i64.store", field.offset);
      code
        .get(group)
        .get(group)
        .memory("i64.load", field.offset + 8);
      code.get(value).i64(63n).op("i64.shr_s").op("i64.add");
      code.get(low).get(value).op("i64.lt_u").op("i64.extend_i32_u").op("i64.add");
      code.memory("i64.store", field.offset + 8);
    },
    loadIsNull() {
      code.get(group).memory("i32.load8_u", field.nullOffset);
    },
    storeIsNull() {
      const isNull = code.local("i32");
      code.set(isNull).get(group).get(isNull).memory("i32.store8", field.nullOffset);
    },
    storeCopy() {
      assert(bytes !== null, "A finished state is not written");
      const ref = code.local("i64");
      code.set(ref).get(group);
      pushRefCopy(emitter, ref, bytes);
      code.memory("i64.store", field.offset);
    },
  };
}

/** The state is an index into `states`, from 1; 0: none yet. */
function hostCode(
  { call, state }: AggregateOf,
  kernel: HostAggregate,
  settings: TaskSettings,
): AggregateCode {
  const facts = factsOf(call, settings.timeZone);
  const aggregate = kernel.prepare(facts);
  const states: unknown[] = [];
  const id = stateId(state, 0);
  const stateAt = (handle: number): unknown =>
    handle === 0 ? aggregate.create() : states[handle - 1];
  const keep = (handle: number, next: unknown): number => {
    if (handle === 0) return states.push(next);
    states[handle - 1] = next;
    return handle;
  };
  const storeHandle = (emitter: FunctionEmitter, group: Local, offset: number): void => {
    const handle = emitter.code.local("i32");
    emitter.code.set(handle).get(group).get(handle).memory("i32.store", offset);
  };
  const result = (
    emitter: FunctionEmitter,
    group: Local,
    layout: TupleLayout,
    type: DataType,
    compute: (handle: number) => unknown,
  ): Evaluated => {
    const { code, module } = emitter;
    const { memory, rowHeap } = module.runtime;
    const scratch = module.scratch(16);
    const host = module.host(["i32"], ["i32"], (handle: number) => {
      const value = compute(handle);
      if (value === null || value === undefined) return 1;
      writeLane(memory, (n) => rowHeap.allocate(n), type, laneOf(type), scratch, value);
      return 0;
    });
    const isNull = code.local("i32");
    const value = code.local(registerOf(type));
    code.get(group).memory("i32.load", layout.field(id).offset).call(host).set(isNull);
    code.i32(scratch);
    loadLane(code, laneOf(type), registerOf(type));
    code.set(value);
    return { value, isNull };
  };
  return {
    fields: [{ id, type: { kind: "int" }, nullable: false }],
    initialize() {},
    update(row, group, layout) {
      whereFilterPasses(row, call, () => {
        const { emitter } = row;
        const args = call.args.map((arg) => row.scope.evaluate(arg));
        whereNotNull(emitter, kernel.updatesOnNull ? [] : args, () => {
          const nullable = kernel.updatesOnNull === true;
          const host = new HostCall(emitter.module, [
            { type: { kind: "int" }, nullable: false },
            ...facts.args.map((arg) => ({ type: arg.type, nullable })),
          ]);
          const update = host.import(["i32"], (handle, ...values) =>
            keep(handle as number, aggregate.update(stateAt(handle as number), ...values)),
          );
          const { offset } = layout.field(id);
          emitter.code.get(group).memory("i32.load", offset);
          args.forEach((arg, i) => {
            host.pushArgument(emitter.code, i + 1, arg);
          });
          emitter.code.call(update);
          storeHandle(emitter, group, offset);
        });
      });
    },
    merge(row, group, layout) {
      const { emitter } = row;
      const from = row.scope.attribute(id);
      whereNotNull(emitter, [from], () => {
        const host = new HostCall(emitter.module, [
          { type: { kind: "int" }, nullable: false },
          { type: BINARY, nullable: false },
        ]);
        const merge = host.import(["i32"], (handle, bytes) =>
          keep(handle as number, aggregate.merge(stateAt(handle as number), bytes as Uint8Array)),
        );
        const { offset } = layout.field(id);
        emitter.code.get(group).memory("i32.load", offset);
        host.pushArgument(emitter.code, 1, { value: from.value, isNull: null });
        emitter.code.call(merge);
        storeHandle(emitter, group, offset);
      });
    },
    stateOf(emitter, group, layout) {
      return [
        result(emitter, group, layout, BINARY, (handle) =>
          handle === 0 ? null : aggregate.serialize(stateAt(handle)),
        ),
      ];
    },
    finish(emitter, group, layout) {
      return result(emitter, group, layout, facts.type, (handle) =>
        aggregate.finish(stateAt(handle)),
      );
    },
  };
}

function whereFilterPasses(row: RowContext, call: AggregateCall, then: () => void): void {
  if (!call.filter) {
    then();
    return;
  }
  for (const arg of call.args) row.scope.require(arg);
  row.scope.pushCondition(call.filter);
  row.emitter.code.if(then);
}

/** Writes `then` for rows where none of the values is null; tells it whether there was anything to check. */
function whereNotNull(
  { code }: FunctionEmitter,
  values: readonly Evaluated[],
  then: (checked: boolean) => void,
): void {
  const nulls = values.flatMap((value) => (value.isNull ? [value.isNull] : []));
  if (nulls.length === 0) {
    then(false);
    return;
  }
  code.i32(0);
  for (const n of nulls) code.get(n).op("i32.or");
  code.op("i32.eqz").if(() => then(true));
}
