import type { HashPiece } from "../../physical/physical-plan.ts";
import { pushHashPartition } from "../pipeline/hash-partition.ts";
import type { Step } from "../pipeline/row-context.ts";

/** Passes the rows of one finer partition. */
export function hashPieceStep({ keys, partitions, partition }: HashPiece): Step {
  return {
    emit: (row, next) => {
      const { code } = row.emitter;
      pushHashPartition(row, keys, partitions);
      code.i32(partition).op("i32.eq");
      code.if(() => next(row));
    },
  };
}
