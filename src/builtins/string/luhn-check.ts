import { BOOLEAN } from "../../columnar/data-type.ts";
import type { ScalarBuiltin } from "../builtin.ts";
import { STRING_PARAMETER, takes } from "../parameters.ts";

/** True if a text of digits has the right check digit by Luhn's algorithm. */
export const LUHN_CHECK: ScalarBuiltin = {
  kind: "scalar",
  name: "luhn_check",
  resolve: takes([STRING_PARAMETER], BOOLEAN),
  kernel: { kind: "row", prepare: () => hasLuhnDigit },
  examples: [
    { sql: "SELECT luhn_check('8112189876'), luhn_check('79927398714')", rows: ["true\tfalse"] },
  ],
};

function hasLuhnDigit(text: string): boolean {
  if (!/^\d+$/.test(text)) return false;
  let sum = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = Number(text.charAt(text.length - 1 - i)) * (i % 2 === 1 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}
