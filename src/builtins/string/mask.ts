import { STRING } from "../../columnar/data-type.ts";
import type { ScalarBuiltin } from "../builtin.ts";
import { STRING_PARAMETER, takes } from "../parameters.ts";

const DEFAULTS = ["X", "x", "n", "NULL"];

/** Upper-case letters, lower-case letters, digits and others each replaced by a character; kept where it is null. */
export const MASK: ScalarBuiltin = {
  kind: "scalar",
  name: "mask",
  resolve: takes(
    [STRING_PARAMETER, STRING_PARAMETER, STRING_PARAMETER, STRING_PARAMETER, STRING_PARAMETER],
    STRING,
    { required: 1 },
  ),
  kernel: {
    kind: "row",
    handlesNulls: true,
    prepare:
      () =>
      (
        text: string | null,
        upper: string | null = "X",
        lower: string | null = "x",
        digit: string | null = "n",
        other: string | null = null,
      ) =>
        text?.replace(/./gsu, (character) => {
          if (/\p{Lu}/u.test(character)) return upper ?? character;
          if (/\p{Ll}/u.test(character)) return lower ?? character;
          return (/\p{Nd}/u.test(character) ? digit : other) ?? character;
        }) ?? null,
  },
  print: (args) => `mask(${[...args, ...DEFAULTS.slice(args.length - 1)].join(", ")})`,
  examples: [
    { sql: "SELECT mask('abcd-EFGH-8765-4321')", rows: ["xxxx-XXXX-nnnn-nnnn"] },
    { sql: "SELECT mask('AbCD123-@$#', 'Q', 'q', 'd', 'o')", rows: ["QqQQdddoooo"] },
    { sql: "SELECT mask('AbCD123-@$#', NULL, NULL, NULL, 'o')", rows: ["AbCD123oooo"] },
  ],
};
