import type { Expression } from "../../plan/expression.ts";
import type { Local } from "../../wasm/function-builder.ts";
import type { GroupTable } from "../breaker/group-table.ts";
import type { RowContext } from "../pipeline/row-context.ts";
import type { RowCode } from "../pipeline/row-scope.ts";
import type { TaskContext } from "../task-context.ts";

const MAX_BITS = 16;
const MAX_KEYS = 2;

/**
 * Where all keys are dictionary columns of few entries: sets a local to the address of the `u32` in which the group of
 * the row's codes is remembered, 0 at first in each batch. Else null.
 */
export function emitGroupSlot(
  context: TaskContext,
  groups: GroupTable,
  { emitter, scope }: RowContext,
  keys: readonly Expression[],
): Local | null {
  if (keys.length === 0 || keys.length > MAX_KEYS) return null;
  const codes: RowCode[] = [];
  for (const key of keys) {
    const code = key.kind === "attribute" ? scope.code(key.id) : null;
    if (!code) return null;
    codes.push(code);
  }
  if (codes.reduce((bits, code) => bits + code.bits, 0) > MAX_BITS) return null;
  const places = codes.reduce((product, code) => product * (2 ** code.bits + 1), 1);
  const { memory } = context.runtime;
  const table = context.codeArena.allocate(places * 4);
  const forget = (): void => void memory.u8().fill(0, table, table + places * 4);
  scope.dictionaries.onBatch(forget);
  groups.onClear(forget);
  const { code } = emitter;
  const slot = code.local("i32");
  code.i32(0);
  for (const { index, entries } of codes) code.get(entries).op("i32.mul").get(index).op("i32.add");
  code.i32(2).op("i32.shl").i32(table).op("i32.add").set(slot);
  return slot;
}
