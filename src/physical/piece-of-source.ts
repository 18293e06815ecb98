import { assert } from "../common/assert.ts";
import type { Expression } from "../plan/expression.ts";
import { transformExpression } from "../plan/expression-tree.ts";
import type { Stage } from "./job-graph.ts";
import type { RangeExec, ShuffleReadExec } from "./physical-plan.ts";

/** One of `count` pieces of about equal size, the first of which is 0. */
export interface Piece {
  readonly index: number;
  readonly count: number;
}

/** The numbers of a piece of one partition as a range of its own. */
export function pieceOfRange(range: RangeExec, partition: number, piece: Piece | null): RangeExec {
  const { index, count } = piece ?? { index: 0, count: 1 };
  const steps = stepsOf(range);
  const boundary = (i: number): bigint =>
    BigInt(range.start) +
    ((steps * BigInt(i)) / BigInt(range.partitions * count)) * BigInt(range.step);
  const first = partition * count + index;
  return { ...range, start: `${boundary(first)}`, end: `${boundary(first + 1)}`, partitions: 1 };
}

/** How many numbers a range has. */
export function stepsOf({ start, end, step }: RangeExec): bigint {
  const span = BigInt(end) - BigInt(start);
  const steps = span / BigInt(step) + (span % BigInt(step) === 0n ? 0n : 1n);
  return steps > 0n ? steps : 0n;
}

/** Of a partition by hash, the rows that an exchange of `count` times as many partitions would send to one of its own. */
export function pieceOfRead(
  read: ShuffleReadExec,
  { output, plan }: Stage,
  partition: number,
  { index, count }: Piece,
): ShuffleReadExec {
  assert(output.kind === "hash", "Only partitions by hash have pieces");
  const renamed = new Map(plan.output.map(({ id }, i) => [id, read.output[i]]));
  const keys = output.keys.map((key) =>
    transformExpression(
      key,
      (node): Expression => (node.kind === "attribute" && renamed.get(node.id)) || node,
    ),
  );
  const only = {
    keys,
    partitions: output.partitions * count,
    partition: partition * count + index,
  };
  return { ...read, only };
}
