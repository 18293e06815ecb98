import { STRING } from "../../columnar/data-type.ts";
import type { Argument, ResolveContext, ScalarBuiltin, Signature } from "../builtin.ts";
import { constantArgument } from "../constant-argument.ts";
import {
  notConstant,
  notOneCharacter,
  requireArguments,
  unexpectedArgument,
} from "../type-mismatch.ts";

const DEFAULTS = ["X", "x", "n", "NULL"];
const NAMES = ["upperChar", "lowerChar", "digitChar", "otherChar"];

const print = (args: readonly string[]): string =>
  `mask(${[...args, ...DEFAULTS.slice(args.length - 1)].join(", ")})`;

function resolve(args: readonly Argument[], context: ResolveContext): Signature {
  requireArguments(args, context, 1, 5);
  const wrong = args.findIndex(({ type }) => type.kind !== "string" && type.kind !== "null");
  if (wrong >= 0) throw unexpectedArgument(args, print, wrong, '"STRING"');
  args.slice(1).forEach((argument, i) => {
    const name = NAMES[i] ?? "";
    if (argument.isConstant === false) throw notConstant(args, print, name, '"STRING"');
    const value = constantArgument(argument)?.value ?? null;
    if (value !== null && [...String(value)].length !== 1) throw notOneCharacter(args, print, name);
  });
  return { args: args.map(() => STRING), type: STRING, nullable: true };
}

/** Upper-case letters, lower-case letters, digits and others each replaced by a character; kept where it is null. */
export const MASK: ScalarBuiltin = {
  kind: "scalar",
  name: "mask",
  resolve,
  kernel: {
    kind: "row",
    text: "readable",
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
        text?.replace(/[\s\S]/g, (character) => {
          if (/\p{Lu}/u.test(character)) return upper ?? character;
          if (/\p{Ll}/u.test(character)) return lower ?? character;
          return (/\p{Nd}/u.test(character) ? digit : other) ?? character;
        }) ?? null,
  },
  print,
  examples: [
    { sql: "SELECT mask('abcd-EFGH-8765-4321')", rows: ["xxxx-XXXX-nnnn-nnnn"] },
    { sql: "SELECT mask('AbCD123-@$#', 'Q', 'q', 'd', 'o')", rows: ["QqQQdddoooo"] },
    { sql: "SELECT mask('AbCD123-@$#', NULL, NULL, NULL, 'o')", rows: ["AbCD123oooo"] },
  ],
};
