import { present } from "../../common/assert.ts";
import type { HashAggregateExec } from "../../physical/physical-plan.ts";
import type { Attribute, Expression } from "../../plan/expression.ts";
import { toAttribute } from "../../plan/plan-output.ts";
import type { Local } from "../../wasm/function-builder.ts";
import { type AggregateCode, aggregateCode, followingCode } from "../breaker/aggregate-code.ts";
import { GROUP_HEADER_BYTES, GroupTable } from "../breaker/group-table.ts";
import { normalizeKey } from "../breaker/key-code.ts";
import { bindTuple, TupleLayout } from "../breaker/tuple-layout.ts";
import type { RowContext, Sink } from "../pipeline/row-context.ts";
import { TupleSource } from "../source/tuple-source.ts";
import type { TaskContext } from "../task-context.ts";
import type { TaskSettings } from "../task-spec.ts";
import { emitGroupSlot } from "./group-slot.ts";
import { sharedSubtrees } from "./shared-subtrees.ts";

/** Groups rows and keeps the state of each aggregate for each group. */
export class HashAggregate implements Sink {
  private readonly context: TaskContext;
  private readonly node: HashAggregateExec;
  private readonly keys: readonly Attribute[];
  private readonly codes: readonly AggregateCode[];
  private readonly table: GroupTable;

  constructor(context: TaskContext, node: HashAggregateExec) {
    this.context = context;
    this.node = node;
    this.keys = node.grouping.map((key) => toAttribute(key));
    this.codes = aggregateCodes(node, context.settings);
    const layout = new TupleLayout(GROUP_HEADER_BYTES, [
      ...this.keys,
      ...this.codes.flatMap((code) => code.fields),
    ]);
    this.table = new GroupTable(context.runtime, context.arena, layout, () => false);
    context.onEnd(() => this.table.free());
  }

  emit(row: RowContext): void {
    const { scope, emitter } = row;
    const { layout, bytes } = this.table;
    const group = emitter.code.local("i32");
    const slot = emitGroupSlot(
      this.context,
      row,
      this.node.grouping.map((key) => (key.kind === "alias" ? key.child : key)),
    );
    if (slot) {
      const { code } = emitter;
      code.get(slot).memory("i32.load").tee(group).op("i32.eqz");
      code.if(() => {
        this.emitFind({ ...row, scope: scope.fork() }, group);
        code.get(slot).get(group).memory("i32.store");
      });
    } else this.emitFind(row, group);
    if (this.node.mode !== "final")
      for (const shared of sharedSubtrees(this.unfilteredArguments())) scope.share(shared);
    for (const code of this.codes) {
      if (this.node.mode === "final") code.merge(row, group, layout, bytes);
      else code.update(row, group, layout, bytes);
    }
  }

  afterBatch(): void {}

  finish(): void {
    if (this.keys.length === 0 && this.table.groups === 0) this.insertOnlyGroup();
  }

  /** The groups as rows: keys, then states (partial) or results. */
  source(): TupleSource {
    return new TupleSource(this.context, {
      stride: this.table.layout.sizeBytes,
      runs: () => this.table.runs(),
      bind: (row, group, emit) => {
        this.bindGroup(row, group);
        emit(row);
      },
    });
  }

  private emitFind({ emitter, scope }: RowContext, group: Local): void {
    const keys = this.node.grouping.map((key, i) => {
      const { id, type } = present(this.keys[i], "key");
      const expression: Expression = key.kind === "alias" ? key.child : key;
      return { id, type, evaluated: normalizeKey(emitter, type, scope.evaluate(expression)) };
    });
    this.table.emitFindOrInsert(emitter, keys, group, () => {
      for (const code of this.codes) code.initialize(emitter, group, this.table.layout);
    });
  }

  private unfilteredArguments(): readonly Expression[] {
    return this.node.aggregates.flatMap(({ call }) => (call.filter ? [] : call.args));
  }

  private bindGroup(row: RowContext, group: Local): void {
    const { emitter, scope } = row;
    const { layout, bytes } = this.table;
    bindTuple(
      emitter,
      scope,
      group,
      this.keys.map((key) => layout.field(key.id)),
    );
    this.node.aggregates.forEach((aggregate, i) => {
      const code = present(this.codes[i], "code");
      if (this.node.mode !== "partial") {
        scope.bindLoader(aggregate.result.id, () => code.finish(emitter, group, layout, bytes));
        return;
      }
      aggregate.state.forEach((attribute, k) => {
        scope.bindLoader(attribute.id, () =>
          present(code.stateOf(emitter, group, layout)[k], "state"),
        );
      });
    });
  }

  /** An aggregate without keys has one group, also of no rows. */
  private insertOnlyGroup(): void {
    const source = new TupleSource(this.context, {
      stride: 8,
      runs: () => [{ start: 0, end: 8 }],
      bind: (row) => {
        const group = row.emitter.code.local("i32");
        this.table.emitFindOrInsert(row.emitter, [], group, () => {
          for (const code of this.codes) code.initialize(row.emitter, group, this.table.layout);
        });
      },
    });
    source.runNow(
      () => {},
      () => {},
    );
  }
}

/** The code of each aggregate; where one's state can be read off another's, only the other is kept. */
function aggregateCodes(
  { mode, aggregates }: HashAggregateExec,
  settings: TaskSettings,
): readonly AggregateCode[] {
  const following = aggregates.map((aggregate) => {
    if (mode === "final") return null;
    for (const leader of aggregates) {
      const code = leader === aggregate ? null : followingCode(aggregate, leader, settings);
      if (code) return code;
    }
    return null;
  });
  return aggregates.map((aggregate, i) => following[i] ?? aggregateCode(aggregate, settings));
}
