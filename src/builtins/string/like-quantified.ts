import { BOOLEAN } from "../../columnar/data-type.ts";
import type { ScalarBuiltin } from "../builtin.ts";
import { STRING_PARAMETER, typeVariadic } from "../parameters.ts";
import { likeRegExp, parseLikePattern } from "./like-pattern.ts";

/** How `text LIKE ANY (…)` and its kin are made of single LIKEs. */
export interface LikeQuantifier {
  readonly connective: "and" | "or";
  readonly negated: boolean;
}

const QUANTIFIERS: ReadonlyMap<string, LikeQuantifier> = new Map([
  ["like any", { connective: "or", negated: false }],
  ["like all", { connective: "and", negated: false }],
  ["not like any", { connective: "or", negated: true }],
  ["not like all", { connective: "and", negated: true }],
]);

/** How a call is made of single LIKEs; null of any other call. */
export function likeQuantifier(name: string): LikeQuantifier | null {
  return QUANTIFIERS.get(name) ?? null;
}

/** A text and patterns, which are constants and not null. No function of SQL has such a name: only the syntax calls it. */
const quantified = (
  name: string,
  { connective, negated }: LikeQuantifier,
  example: string,
): ScalarBuiltin => ({
  kind: "scalar",
  name,
  resolve: (args, context) => ({
    args: typeVariadic(args, context, STRING_PARAMETER),
    type: BOOLEAN,
  }),
  kernel: (call) => {
    const patterns = call.args
      .slice(1)
      .map(({ literal }) => likeRegExp(parseLikePattern(String(literal?.value), "\\")));
    const holds = (text: string, pattern: RegExp): boolean => pattern.test(text) !== negated;
    return {
      kind: "row",
      passes: 1,
      prepare: () => (text: string) =>
        connective === "or"
          ? patterns.some((pattern) => holds(text, pattern))
          : patterns.every((pattern) => holds(text, pattern)),
    };
  },
  print: ([text = ""]) => `${name.replaceAll(" ", "")}(${text})`,
  examples: [{ sql: example, rows: ["true"] }],
});

/** LIKE against several patterns at once. */
export const QUANTIFIED_LIKES: readonly ScalarBuiltin[] = [...QUANTIFIERS].map(
  ([name, quantifier]) =>
    quantified(
      name,
      quantifier,
      `SELECT '${quantifier.negated ? "c" : "ab"}' ${name} ('a%', '%b')`,
    ),
);
