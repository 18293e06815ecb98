import { present } from "../../common/assert.ts";
import type { HashAggregateExec } from "../../physical/physical-plan.ts";
import type { Attribute, Expression } from "../../plan/expression.ts";
import { toAttribute } from "../../plan/plan-output.ts";
import type { Local } from "../../wasm/function-builder.ts";
import type { AggregateCode } from "../aggregate/aggregate-code.ts";
import { aggregateCodes } from "../aggregate/aggregate-codes.ts";
import { GROUP_HEADER_BYTES, GroupTable } from "../breaker/group-table.ts";
import { normalizeKey } from "../breaker/key-code.ts";
import { bindTuple, TupleLayout } from "../breaker/tuple-layout.ts";
import type { RowContext, Sink } from "../pipeline/row-context.ts";
import type { Source } from "../source/source.ts";
import { TupleSource } from "../source/tuple-source.ts";
import type { TaskContext } from "../task-context.ts";
import { drain, type Flow } from "./flow.ts";
import { emitGroupSlot } from "./group-slot.ts";
import { sharedSubtrees } from "./shared-subtrees.ts";

/** Groups; a table of so many no longer fits the cache. */
const LARGE_TABLE = 1 << 16;
/** From more aggregates on each has its columns loaded for itself. */
const MAX_UNSCOPED = 100;
/** Fewer rows a group than this are not worth the table. */
const USEFUL_REDUCTION = 2;

/** Groups rows and keeps the state of each aggregate for each group. */
export class HashAggregate implements Sink {
  private readonly context: TaskContext;
  private readonly node: HashAggregateExec;
  private readonly keys: readonly Attribute[];
  private readonly codes: readonly AggregateCode[];
  private readonly table: GroupTable;
  /** How many rows came since the table was last empty. */
  private readonly rowsAddress: number;
  private passOn: (() => void) | null = null;

  constructor(context: TaskContext, node: HashAggregateExec) {
    this.context = context;
    this.node = node;
    this.keys = node.grouping.map((key) => toAttribute(key));
    this.codes = aggregateCodes(node, context.settings);
    const layout = new TupleLayout(GROUP_HEADER_BYTES, [
      ...this.keys,
      ...this.codes.flatMap((code) => code.fields),
    ]);
    this.table = new GroupTable(context.runtime, context.arena, layout, () =>
      this.passOnIfUseless(),
    );
    this.rowsAddress = context.arena.allocate(8);
    this.setRows(0n);
    context.onEnd(() => this.table.free());
  }

  emit(row: RowContext): void {
    const { scope, emitter } = row;
    const { layout, bytes } = this.table;
    const group = emitter.code.local("i32");
    if (this.node.mode === "partial") this.emitRowCount(row);
    const slot = emitGroupSlot(
      this.context,
      this.table,
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
    const write = (code: AggregateCode, into: RowContext): void => {
      if (this.node.mode === "final") code.merge(into, group, layout, bytes);
      else code.update(into, group, layout, bytes);
    };
    if (this.codes.length <= MAX_UNSCOPED) for (const code of this.codes) write(code, row);
    else
      for (const code of this.codes)
        emitter.code.scoped(() => write(code, { ...row, scope: scope.fork() }));
  }

  afterBatch(): void {}

  finish(): void {
    if (this.keys.length === 0 && this.table.groups === 0) this.insertOnlyGroup();
  }

  /** The groups as rows: keys, then states (partial) or results. */
  private groups(): TupleSource {
    return new TupleSource(this.context, {
      stride: this.table.layout.sizeBytes,
      runs: () => this.table.runs(),
      bind: (row, group, emit) => {
        this.bindGroup(row, group);
        emit(row);
      },
    });
  }

  /** Drains the rows to be grouped, and gives the groups: before the end already where grouping does not reduce. */
  source(rows: Flow): Source {
    const groups = this.groups();
    return {
      run: async (emit, afterBatch) => {
        this.passOn = () => groups.runNow(emit, afterBatch);
        await drain(this.context, rows, this);
        this.passOn();
      },
    };
  }

  /**
   * A partial phase whose table would grow large and has hardly fewer groups than rows hands its groups on and starts
   * anew: the final phase merges them, and neither memory nor cache is spent on what does not repeat.
   */
  private passOnIfUseless(): boolean {
    const { groups } = this.table;
    const rows = Number(this.context.runtime.memory.view().getBigInt64(this.rowsAddress, true));
    if (this.node.mode !== "partial" || groups < LARGE_TABLE || rows > groups * USEFUL_REDUCTION)
      return false;
    this.context.rowInFlight = true;
    this.passOn?.();
    this.context.rowInFlight = false;
    this.table.clear();
    this.setRows(0n);
    return true;
  }

  private emitRowCount({ emitter: { code } }: RowContext): void {
    code.i32(0).i32(0).memory("i64.load", this.rowsAddress).i64(1n).op("i64.add");
    code.memory("i64.store", this.rowsAddress);
  }

  private setRows(rows: bigint): void {
    this.context.runtime.memory.view().setBigInt64(this.rowsAddress, rows, true);
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
