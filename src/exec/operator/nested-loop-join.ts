import type { NestedLoopJoinExec } from "../../physical/physical-plan.ts";
import { attributesIn } from "../../plan/expression-tree.ts";
import type { Local } from "../../wasm/function-builder.ts";
import { JOIN_OFFSETS } from "../breaker/join-table.ts";
import { bindTuple } from "../breaker/tuple-layout.ts";
import type { RowContext, Step } from "../pipeline/row-context.ts";
import type { JoinBuild } from "./join-build.ts";

/** Meets each row with every row of the right side, which hang in one chain. */
export class NestedLoopJoin implements Step {
  private readonly join: NestedLoopJoinExec;
  private readonly build: JoinBuild;

  constructor(join: NestedLoopJoinExec, build: JoinBuild) {
    this.join = join;
    this.build = build;
  }

  emit(row: RowContext, next: (row: RowContext) => void): void {
    const { code } = row.emitter;
    const { table } = this.build;
    const tuple = code.local("i32");
    const matched = code.local("i32");
    this.requireLeftColumns(row);
    code.i32(0).set(matched).i32(0).memory("i32.load", table.buckets).set(tuple);
    const pairs = this.join.type === "inner" || this.join.type === "left";
    const give = (scope: RowContext["scope"]): void => {
      if (pairs) next({ ...row, scope });
    };
    code.block((done) => {
      code.loop((again) => {
        code.get(tuple).op("i32.eqz");
        if (this.join.type === "left") code.get(matched).op("i32.and");
        code.branchIf(done);
        code.block((different) => {
          this.emitCondition(row, tuple, () => code.branchIf(different));
          code.i32(1).set(matched);
          if (!pairs) code.branch(done);
          const scope = row.scope.fork();
          this.bindRight({ ...row, scope }, tuple, this.join.type === "left");
          give(scope);
        });
        if (this.join.type === "left") code.get(tuple).op("i32.eqz").branchIf(done);
        code.get(tuple).memory("i32.load", JOIN_OFFSETS.next).set(tuple).branch(again);
      });
    });
    if (pairs) return;
    code.get(matched);
    if (this.join.type === "anti") code.op("i32.eqz");
    code.if(() => next(row));
  }

  /** A pair with the row of nulls (tuple 0 of a left join) has no condition. */
  private emitCondition(row: RowContext, tuple: Local, leave: () => void): void {
    const { condition } = this.join;
    if (!condition) return;
    const { code } = row.emitter;
    const holds = code.local("i32");
    const scope = row.scope.fork();
    this.bindRight({ ...row, scope }, tuple, false);
    code.i32(1).set(holds).get(tuple);
    code.if(() => {
      scope.pushCondition(condition);
      code.set(holds);
    });
    code.get(holds).op("i32.eqz");
    leave();
  }

  private requireLeftColumns({ scope }: RowContext): void {
    if (!this.join.condition) return;
    const right = new Set(this.join.right.output.map((column) => column.id));
    for (const attribute of attributesIn(this.join.condition))
      if (!right.has(attribute.id)) scope.attribute(attribute.id);
  }

  private bindRight({ emitter, scope }: RowContext, tuple: Local, mayBeNull: boolean): void {
    const fields = this.join.right.output.map((column) => this.build.table.layout.field(column.id));
    bindTuple(emitter, scope, tuple, fields, mayBeNull);
  }
}
