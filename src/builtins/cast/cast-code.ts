import type { Local } from "../../wasm/function-builder.ts";
import type { EmitContext } from "../builtin.ts";
import { castOverflow } from "./cast-errors.ts";
import type { CastFacts } from "./cast-facts.ts";

/** The code of a cast: pushes the result of a value that is not null; sets `isNull` where the result is null. */
export interface EmittedCast {
  readonly nullable: boolean;
  readonly emit: (
    context: EmitContext,
    args: readonly Local[],
    call: unknown,
    isNull: Local | null,
  ) => void;
}

/** A cast that never fails, from the instructions that push its result. */
export function plainCast(write: (context: EmitContext, value: Local) => void): EmittedCast {
  return {
    nullable: false,
    emit: (context, [value]) => {
      if (value) write(context, value);
    },
  };
}

/** Takes an `i32` from the stack: where it is 1, fails under ANSI and gives null in `try`. */
export function emitReject(
  context: EmitContext,
  facts: CastFacts,
  value: Local,
  isNull: Local | null,
): void {
  const { code } = context;
  code.if(() => {
    if (facts.mode === "ansi" || isNull === null)
      context.failWith([{ local: value, type: facts.from }], (original) =>
        castOverflow(original, facts.from, facts.to),
      );
    else code.i32(1).set(isNull);
  });
}
