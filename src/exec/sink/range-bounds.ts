import type { SortOrder } from "../../plan/expression.ts";
import type { Local } from "../../wasm/function-builder.ts";
import { emitSortKey } from "../breaker/sort-key.ts";
import type { RowContext } from "../pipeline/row-context.ts";

/**
 * Gives the range that the row falls into: how many of the bounds its sort key is not below.
 *
 * `bounds`: base64 of sort keys, ascending; each is the lower end of a range after the first.
 */
export function emitRangePartition(
  { emitter, scope }: RowContext,
  orders: readonly SortOrder[],
  bounds: readonly string[],
): Local {
  const { code } = emitter;
  const partition = code.local("i32");
  const key = emitSortKey(emitter, scope, orders, emitter.module.runtime.rowHeap);
  const refs = new BigUint64Array(
    bounds.map((bound) => {
      const bytes = Buffer.from(bound, "base64");
      return (BigInt(bytes.length) << 32n) | BigInt(emitter.constant(bytes));
    }),
  );
  const table = emitter.constant(new Uint8Array(refs.buffer));
  const high = code.local("i32");
  const middle = code.local("i32");
  code.i32(0).set(partition).i32(bounds.length).set(high);
  code.block((done) => {
    code.loop((again) => {
      code.get(partition).get(high).op("i32.ge_u").branchIf(done);
      code.get(partition).get(high).op("i32.add").i32(1).op("i32.shr_u").set(middle);
      code.get(key).get(middle).i32(3).op("i32.shl").memory("i64.load", table);
      emitter.kernel("keyCompare");
      code.i32(0).op("i32.lt_s");
      code.if(
        () => code.get(middle).set(high),
        () => code.get(middle).i32(1).op("i32.add").set(partition),
      );
      code.branch(again);
    });
  });
  return partition;
}
