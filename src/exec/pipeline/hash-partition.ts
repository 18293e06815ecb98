import type { Expression } from "../../plan/expression.ts";
import { typeOf } from "../../plan/expression-type.ts";
import { normalizeKey, pushKeyHash } from "../breaker/key-code.ts";
import type { RowContext } from "./row-context.ts";

/**
 * Pushes the `i32` partition of a row by the hash of its keys. The hash's high bits choose it, since the low ones choose
 * a place in hash tables; so a partition of `n` is partitions `k * n` … `k * n + k - 1` of `k` times as many.
 */
export function pushHashPartition(
  { emitter, scope }: RowContext,
  keys: readonly Expression[],
  partitions: number,
): void {
  const { code } = emitter;
  pushKeyHash(
    emitter,
    keys.map((key) => ({
      type: typeOf(key),
      evaluated: normalizeKey(emitter, typeOf(key), scope.evaluate(key)),
    })),
  );
  code.op("i64.extend_i32_u").i64(BigInt(partitions)).op("i64.mul");
  code.i64(32n).op("i64.shr_u").op("i32.wrap_i64");
}
