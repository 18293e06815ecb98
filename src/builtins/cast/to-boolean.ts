import { castInvalidInput } from "./cast-errors.ts";
import { type CastFacts, reject, type ValueCast } from "./cast-facts.ts";
import { trimAll } from "./text-number.ts";

const TRUE = new Set(["t", "true", "y", "yes", "1"]);
const FALSE = new Set(["f", "false", "n", "no", "0"]);

/** Casts to boolean: 0 is false, every other number true. */
export function toBoolean(facts: CastFacts): ValueCast {
  switch (facts.from.kind) {
    case "string":
      return (text: string) => {
        const word = trimAll(text).toLowerCase();
        if (TRUE.has(word)) return true;
        if (FALSE.has(word)) return false;
        return reject(facts, () => castInvalidInput(text, facts.to));
      };
    case "date":
      return () => null;
    default:
      // biome-ignore lint/suspicious/noDoubleEquals: numbers and bigints alike
      return (value: number | bigint) => value != 0;
  }
}
