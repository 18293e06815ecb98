import type { Vector } from "../../columnar/vector.ts";
import { present } from "../../common/assert.ts";
import { DataError } from "../../common/errors.ts";
import type { Attribute } from "../../plan/expression.ts";
import type { ValueBounds } from "../code/value-bounds.ts";
import type { WorkerRuntime } from "../worker-runtime.ts";

type Kernel = (...args: (number | bigint)[]) => number;

/** Throws a `DataError` where a value lies outside of what the file's footer says of its column. */
export function requireWithin(
  runtime: WorkerRuntime,
  column: Attribute,
  vector: Vector,
  rows: number,
  bounds: ValueBounds,
): void {
  const within = present(runtime.kernels["withinBounds"], "kernel") as unknown as Kernel;
  const holds = within(
    vector.values,
    vector.codes ? vector.dictionarySize : rows,
    vector.lane === "i64" ? 8 : 4,
    bounds.least,
    bounds.greatest,
    vector.codes ? 0 : vector.validity,
  );
  if (holds) return;
  throw new DataError({
    condition: "PARQUET_STATISTICS_WRONG",
    message: `Column \`${column.name}\` has values outside of the ${bounds.least} to ${bounds.greatest} that its file's footer claims; the file is damaged or was written wrongly`,
    sqlState: "XX001",
    details: { column: column.name },
  });
}
