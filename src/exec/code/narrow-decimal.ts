import type { Evaluated } from "../../builtins/builtin.ts";
import { powerOf10 } from "../../builtins/decimal/decimal-rounding.ts";
import type { Call, Cast, Expression } from "../../plan/expression.ts";
import { typeOf } from "../../plan/expression-type.ts";
import type { Local } from "../../wasm/function-builder.ts";
import type { FunctionEmitter } from "./function-emitter.ts";
import { signExtendTo128 } from "./lane-access.ts";
import { fitsNarrow, isExact, scaleOf, scaleUp, type ValueBounds } from "./value-bounds.ts";

/** Inputs of narrow code. Asking for bounds costs nothing; relying on them makes the loop check them. */
interface NarrowContext {
  readonly bounds: (expression: Expression) => ValueBounds | null;
  readonly relyOnBounds: (expression: Expression) => void;
  readonly compile: (expression: Expression) => Evaluated;
}

const OPS = { "+": "i64.add", "-": "i64.sub", "*": "i64.mul" } as const;

/**
 * Long decimals in 64 bits: where the bounds of the columns say that operands and result of an exact `+`, `-` or `*`
 * fit, it is one instruction without a check. Null where they do not.
 */
export function narrowCall(
  emitter: FunctionEmitter,
  call: Call,
  { bounds, relyOnBounds, compile }: NarrowContext,
): Evaluated | null {
  const op = OPS[call.name as keyof typeof OPS];
  const [left, right] = call.args;
  if (!op || !left || !right || call.type.kind !== "decimal" || call.type.precision <= 18)
    return null;
  const whole = bounds(call);
  if (!whole || !fitsNarrow(whole) || !isExact(call)) return null;
  const ups = [left, right].map((side) =>
    call.name === "*" ? 0 : scaleOf(call.type) - scaleOf(typeOf(side)),
  );
  const sides = [left, right].map((side) => bounds(side));
  if (sides.some((side, i) => !side || !fitsNarrow(scaleUp(side, ups[i] ?? 0)))) return null;
  relyOnBounds(call);
  const [a, b] = [left, right].map(compile);
  if (!a || !b) return null;
  const { code } = emitter;
  const result = code.local("i64");
  pushNarrow(emitter, a, ups[0] ?? 0);
  pushNarrow(emitter, b, ups[1] ?? 0);
  code.op(op).set(result);
  return widened(emitter, result, nullOf(emitter, a, b));
}

/** The same for a cast of a whole number to a long decimal. */
export function narrowCast(
  emitter: FunctionEmitter,
  cast: Cast,
  { bounds, relyOnBounds, compile }: NarrowContext,
): Evaluated | null {
  if (cast.type.kind !== "decimal" || cast.type.precision <= 18) return null;
  const whole = bounds(cast);
  if (!whole || !fitsNarrow(whole)) return null;
  relyOnBounds(cast);
  const child = compile(cast.child);
  const result = emitter.code.local("i64");
  pushNarrow(emitter, child, cast.type.scale - scaleOf(typeOf(cast.child)));
  emitter.code.set(result);
  return widened(emitter, result, child.isNull);
}

function pushNarrow({ code }: FunctionEmitter, { value, narrow }: Evaluated, up: number): void {
  if (narrow) code.get(narrow);
  else if (value.type === "v128") code.get(value).extractI64(0);
  else if (value.type === "i32") code.get(value).op("i64.extend_i32_s");
  else code.get(value);
  if (up > 0) code.i64(powerOf10(up)).op("i64.mul");
}

function widened(emitter: FunctionEmitter, narrow: Local, isNull: Local | null): Evaluated {
  const { code } = emitter;
  const value = code.local("v128");
  code.get(narrow);
  signExtendTo128(code);
  code.set(value);
  return { value, isNull, narrow };
}

function nullOf({ code }: FunctionEmitter, a: Evaluated, b: Evaluated): Local | null {
  if (!a.isNull || !b.isNull) return a.isNull ?? b.isNull;
  const isNull = code.local("i32");
  code.get(a.isNull).get(b.isNull).op("i32.or").set(isNull);
  return isNull;
}
