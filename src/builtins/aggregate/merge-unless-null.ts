import type { EmitContext, Evaluated } from "../builtin.ts";

/** Writes what merges a partial state, run only where its first column is not null. */
export function mergeUnlessNull(
  context: EmitContext,
  from: Evaluated | undefined,
  write: (from: Evaluated) => void,
): void {
  if (!from) return;
  if (!from.isNull) {
    write(from);
    return;
  }
  context.code
    .get(from.isNull)
    .op("i32.eqz")
    .if(() => write(from));
}
