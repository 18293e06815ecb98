import type { DataType, DecimalType } from "../../columnar/data-type.ts";
import { assert } from "../../common/assert.ts";
import type { Local } from "../../wasm/function-builder.ts";
import { decimalOutOfRange } from "../arithmetic-errors.ts";
import type { CallFacts, EmitContext } from "../builtin.ts";
import { emitIsOverflow } from "./emit-int128.ts";

/** The type as a decimal, which the caller knows it to be. */
export function decimalOf(type: DataType | undefined): DecimalType {
  assert(type?.kind === "decimal", "A decimal was expected");
  return type;
}

/** The types of an operation on two decimals. */
export interface DecimalOperands {
  readonly left: DecimalType;
  readonly right: DecimalType;
  readonly result: DecimalType;
}

/** The types of a call whose arguments and result are decimals. */
export function decimalOperands(call: CallFacts): DecimalOperands {
  return {
    left: decimalOf(call.args[0]?.type),
    right: decimalOf(call.args[1]?.type),
    result: decimalOf(call.type),
  };
}

/** An unscaled value and its scale. */
export interface ExactDecimal {
  readonly unscaled: bigint;
  readonly scale: number;
}

/**
 * Pushes the `i32` on the stack's consequence: where it is 1 the query fails under ANSI with what `exact` makes of the
 * operands, else the result is null.
 */
export function emitDecimalOverflow(
  context: EmitContext,
  operands: readonly Local[],
  call: CallFacts,
  isNull: Local | null,
  exact: (...values: bigint[]) => ExactDecimal,
): void {
  const { code } = context;
  const result = decimalOf(call.type);
  code.if(() => {
    if (!call.ansi && isNull) {
      code.i32(1).set(isNull);
      return;
    }
    const values = operands.map((local, i) => ({ local, type: call.args[i]?.type ?? call.type }));
    context.failWith(values, (...args) => {
      const { unscaled, scale } = exact(...(args as bigint[]));
      return decimalOutOfRange(unscaled, scale, result);
    });
  });
}

/** Handles a kernel's overflow mark in a `v128` local and pushes the result in the call's register. */
export function emitCheckedResult(
  context: EmitContext,
  wide: Local,
  operands: readonly Local[],
  call: CallFacts,
  isNull: Local | null,
  exact: (...values: bigint[]) => ExactDecimal,
): void {
  const { code } = context;
  emitIsOverflow(code, wide);
  emitDecimalOverflow(context, operands, call, isNull, exact);
  code.get(wide);
  if (decimalOf(call.type).precision <= 18) code.extractI64(0);
}
