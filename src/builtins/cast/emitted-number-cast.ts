import type { DataType } from "../../columnar/data-type.ts";
import { isFloating, isIntegral } from "../../columnar/type-class.ts";
import type { FunctionBuilder, Local } from "../../wasm/function-builder.ts";
import { emitTruncate } from "../operator/zero-divisor.ts";
import { type EmittedCast, emitReject, plainCast } from "./cast-code.ts";
import type { CastFacts } from "./cast-facts.ts";

const BITS: { readonly [kind: string]: number } = { byte: 8, short: 16, int: 32, long: 64 };

/** Casts among boolean, byte … long, float and double. */
export function emittedNumberCast(facts: CastFacts): EmittedCast | null {
  const { from, to } = facts;
  const isSource = from.kind === "boolean" || isIntegral(from) || isFloating(from);
  if (!isSource || !(isIntegral(to) || isFloating(to))) return null;
  if (isFloating(to)) return toFloating(from, to);
  return isFloating(from) ? fromFloating(facts) : betweenIntegers(facts);
}

function toFloating(from: DataType, to: DataType): EmittedCast {
  const target = to.kind === "float" ? "f32" : "f64";
  return plainCast(({ code }, value) => {
    code.get(value);
    if (from.kind === "float") code.op("f64.promote_f32");
    else if (from.kind === "double") code.op("f32.demote_f64");
    else code.op(`${target}.convert_${value.type as "i32" | "i64"}_s`);
  });
}

function betweenIntegers(facts: CastFacts): EmittedCast {
  const { from, to } = facts;
  const fromBits = BITS[from.kind] ?? 1;
  const toBits = BITS[to.kind] ?? 64;
  if (fromBits <= toBits)
    return plainCast(({ code }, value) => {
      code.get(value);
      if (toBits === 64) code.op("i64.extend_i32_s");
    });
  return {
    nullable: facts.mode === "try",
    emit: (context, [value], _, isNull) => {
      if (!value) return;
      const { code } = context;
      if (facts.mode !== "legacy") {
        code.get(value);
        pushNarrowed(code, value, to);
        if (value.type === "i64") code.op("i64.extend_i32_s");
        code.op(`${value.type as "i32" | "i64"}.ne`);
        emitReject(context, facts, value, isNull);
      }
      pushNarrowed(code, value, to);
    },
  };
}

function pushNarrowed(code: FunctionBuilder, value: Local, to: DataType): void {
  code.get(value);
  if (value.type === "i64") code.op("i32.wrap_i64");
  emitTruncate(code, to);
}

function fromFloating(facts: CastFacts): EmittedCast {
  const { to } = facts;
  const bits = BITS[to.kind] ?? 64;
  const limit = 2 ** (bits - 1);
  const max = bits === 64 ? limit : limit - 1;
  return {
    nullable: facts.mode === "try",
    emit: (context, [value], _, isNull) => {
      if (!value) return;
      const { code } = context;
      const type = value.type as "f32" | "f64";
      const wide = code.local("f64");
      code.get(value);
      if (type === "f32") code.op("f64.promote_f32");
      code.set(wide);
      if (facts.mode !== "legacy") {
        code.get(wide).op("f64.floor").f64(max).op("f64.le");
        code.get(wide).op("f64.ceil").f64(-limit).op("f64.ge");
        code.op("i32.and").op("i32.eqz");
        emitReject(context, facts, value, isNull);
      }
      code.get(wide).op(bits === 64 ? "i64.trunc_sat_f64_s" : "i32.trunc_sat_f64_s");
      emitTruncate(code, to);
    },
  };
}
