import { sameType } from "../../columnar/data-type.ts";
import { isIntegral } from "../../columnar/type-class.ts";
import { registerOf } from "../../columnar/vector.ts";
import { emitIsZero, emitZero } from "../operator/zero-divisor.ts";
import { type EmittedCast, plainCast } from "./cast-code.ts";
import type { CastFacts } from "./cast-facts.ts";
import { emittedDatetimeCast } from "./emitted-datetime-cast.ts";
import { emittedDecimalCast } from "./emitted-decimal-cast.ts";
import { emittedNumberCast } from "./emitted-number-cast.ts";

/** The code of the casts that are worth code; null for the others. */
export function emittedCast(facts: CastFacts): EmittedCast | null {
  const { from, to } = facts;
  if (sameType(from, to) || isTextAndBinary(facts))
    return plainCast(({ code }, value) => code.get(value));
  if (from.kind === "null") return plainCast(({ code }) => emitZero(code, registerOf(to)));
  if (
    to.kind === "boolean" &&
    (isIntegral(from) || ["float", "double", "decimal"].includes(from.kind))
  )
    return plainCast(({ code }, value) => {
      emitIsZero(code, value);
      code.op("i32.eqz");
    });
  if (from.kind === "decimal" || to.kind === "decimal") return emittedDecimalCast(facts);
  return emittedNumberCast(facts) ?? emittedDatetimeCast(facts);
}

function isTextAndBinary({ from, to }: CastFacts): boolean {
  return (
    (from.kind === "string" && to.kind === "binary") ||
    (from.kind === "binary" && to.kind === "string")
  );
}
