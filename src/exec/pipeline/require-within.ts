import type { LinearMemory } from "../../columnar/linear-memory.ts";
import { type Batch, LANE_BYTES, type Vector } from "../../columnar/vector.ts";
import { present } from "../../common/assert.ts";
import { DataError } from "../../common/errors.ts";
import type { Attribute } from "../../plan/expression.ts";
import type { ValueBounds } from "../code/value-bounds.ts";
import type { WorkerRuntime } from "../worker-runtime.ts";

type Kernel = (...args: (number | bigint)[]) => number;

const MIN_I64 = -(2n ** 63n);
const MAX_I64 = 2n ** 63n - 1n;

/** Throws a `DataError` where a value of the batch lies outside of what the file's footer says of its column. */
export function requireWithin(
  runtime: WorkerRuntime,
  column: Attribute,
  vector: Vector,
  batch: Batch,
  bounds: ValueBounds,
): void {
  const { codes, values, validity, dictionarySize } = vector;
  if (codes === 0) {
    if (isWithin(runtime, vector, values, batch.rows, validity, bounds)) return;
  } else {
    if (isWithin(runtime, vector, values, dictionarySize, 0, bounds)) return;
    const used = usedEntries(runtime.memory, vector, batch.rows);
    if (used.every((entry) => isWithin(runtime, vector, entryAt(vector, entry), 1, 0, bounds)))
      return;
  }
  const file = batch.path === undefined ? "its file" : `the file ${batch.path}`;
  throw new DataError({
    condition: "PARQUET_STATISTICS_WRONG",
    message: `Column \`${column.name}\` has values outside of the ${bounds.least} to ${bounds.greatest} that the footer of ${file} claims; the file is damaged or was written wrongly`,
    sqlState: "XX001",
    details: { column: column.name, ...(batch.path === undefined ? {} : { path: batch.path }) },
  });
}

function isWithin(
  runtime: WorkerRuntime,
  { lane }: Vector,
  values: number,
  count: number,
  validity: number,
  bounds: ValueBounds,
): boolean {
  const within = present(runtime.kernels["withinBounds"], "kernel") as unknown as Kernel;
  const bytes = LANE_BYTES[lane];
  const [least, greatest] = [bounds.least, bounds.greatest].map((bound) =>
    bytes === 16 ? bound : clamped(bound),
  ) as [bigint, bigint];
  const halves = [least, least >> 64n, greatest, greatest >> 64n];
  const args = halves.map((half) => BigInt.asIntN(64, half));
  return within(values, count, bytes, ...args, validity) !== 0;
}

/** A writer may leave entries in a dictionary that no row has: only those of rows count. */
function usedEntries(memory: LinearMemory, vector: Vector, rows: number): readonly number[] {
  const view = memory.view();
  const used = new Set<number>();
  for (let row = 0; row < rows; row++) {
    if (vector.validity !== 0 && view.getUint8(vector.validity + row) === 0) continue;
    const at = vector.codes + row * vector.codeBytes;
    if (vector.codeBytes === 1) used.add(view.getUint8(at));
    else if (vector.codeBytes === 2) used.add(view.getUint16(at, true));
    else used.add(view.getUint32(at, true));
  }
  return [...used];
}

const entryAt = ({ values, lane }: Vector, entry: number): number =>
  values + entry * LANE_BYTES[lane];

function clamped(bound: bigint): bigint {
  if (bound < MIN_I64) return MIN_I64;
  return bound > MAX_I64 ? MAX_I64 : bound;
}
