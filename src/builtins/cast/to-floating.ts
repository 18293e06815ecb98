import { formatDecimal } from "../decimal/decimal-text.ts";
import { castInvalidInput } from "./cast-errors.ts";
import { type CastFacts, reject, type ValueCast } from "./cast-facts.ts";
import { parseFloating } from "./text-number.ts";

/** Casts to float and double. */
export function toFloating(facts: CastFacts): ValueCast {
  const { from } = facts;
  const round = facts.to.kind === "float" ? Math.fround : (value: number) => value;
  switch (from.kind) {
    case "boolean":
    case "byte":
    case "short":
    case "int":
    case "long":
    case "float":
    case "double":
      return (value: number | bigint | boolean) => round(Number(value));
    case "decimal":
      return (value: bigint) => round(Number(formatDecimal(value, from.scale)));
    case "string":
      return (text: string) => {
        const value = parseFloating(text);
        return value === null
          ? reject(facts, () => castInvalidInput(text, facts.to))
          : round(value);
      };
    case "timestamp":
      return (micros: bigint) => round(Number(micros) / 1e6);
    default:
      return () => null;
  }
}
