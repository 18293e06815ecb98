import type { DataType } from "../../columnar/data-type.ts";
import { registerOf } from "../../columnar/vector.ts";
import type { Local } from "../../wasm/function-builder.ts";
import type { EmitContext, Evaluated } from "../builtin.ts";

/** Fresh locals for a result of a type. */
export function resultLocals(
  context: EmitContext,
  type: DataType,
  nullable: boolean,
): { readonly value: Local; readonly isNull: Local | null } {
  const { code } = context;
  return { value: code.local(registerOf(type)), isNull: nullable ? code.local("i32") : null };
}

/** Copies a value and its null to the result. */
export function emitAssign(context: EmitContext, result: Evaluated, from: Evaluated): void {
  const { code } = context;
  code.get(from.value).set(result.value);
  if (!result.isNull) return;
  if (from.isNull) code.get(from.isNull);
  else code.i32(0);
  code.set(result.isNull);
}

/** Pushes 1 where a condition is true, 0 where it is false or null. */
export function pushIsTrue(context: EmitContext, condition: Evaluated): void {
  const { code } = context;
  code.get(condition.value);
  if (condition.isNull) code.get(condition.isNull).op("i32.eqz").op("i32.and");
}
