import type { Step } from "../pipeline/row-context.ts";
import type { TaskContext } from "../task-context.ts";

/** Skips `offset` rows, passes `count` (null: all), then ends the pipeline. */
export function limitStep(context: TaskContext, count: number | null, offset: number): Step {
  const seen = context.arena.allocate(8);
  context.runtime.memory.view().setBigInt64(seen, 0n, true);
  return {
    emit(row, next) {
      const { code } = row.emitter;
      const place = code.local("i64");
      code.i32(0).memory("i64.load", seen).set(place);
      if (count !== null) {
        code
          .get(place)
          .i64(BigInt(offset + count))
          .op("i64.ge_u")
          .branchIf(row.stop);
      }
      code.i32(0).get(place).i64(1n).op("i64.add").memory("i64.store", seen);
      code.get(place).i64(BigInt(offset)).op("i64.ge_u");
      code.if(() => next(row));
    },
  };
}
