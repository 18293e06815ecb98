import { DataError } from "../../common/errors.ts";

/** A LIKE pattern: text between wildcards. */
export type LikeToken =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "anyCharacter" }
  | { readonly kind: "anyCharacters" };

/** Reads a LIKE pattern. Throws `INVALID_FORMAT.ESC_AT_THE_END` or `INVALID_FORMAT.ESC_IN_THE_MIDDLE`. */
export function parseLikePattern(pattern: string, escapedBy: string): readonly LikeToken[] {
  const tokens: LikeToken[] = [];
  let text = "";
  const flush = (): void => {
    if (text !== "") tokens.push({ kind: "text", text });
    text = "";
  };
  const characters = Array.from(pattern);
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i] ?? "";
    if (character === escapedBy) {
      text += escapedCharacter(pattern, characters[++i], escapedBy);
    } else if (character === "_") {
      flush();
      tokens.push({ kind: "anyCharacter" });
    } else if (character === "%") {
      flush();
      if (tokens.at(-1)?.kind !== "anyCharacters") tokens.push({ kind: "anyCharacters" });
    } else text += character;
  }
  flush();
  return tokens;
}

/** The pattern as a JavaScript regular expression. */
export function likeRegExp(tokens: readonly LikeToken[]): RegExp {
  const source = tokens.map((token) => {
    if (token.kind === "text") return token.text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
    return token.kind === "anyCharacter" ? "." : ".*";
  });
  return new RegExp(`^${source.join("")}$`, "su");
}

function escapedCharacter(pattern: string, next: string | undefined, escapedBy: string): string {
  if (next === "_" || next === "%" || next === escapedBy) return next;
  throw next === undefined
    ? new DataError({
        condition: "INVALID_FORMAT.ESC_AT_THE_END",
        message: `The format is invalid: '${pattern}'. The escape character is not allowed to end with.`,
        sqlState: "42601",
      })
    : new DataError({
        condition: "INVALID_FORMAT.ESC_IN_THE_MIDDLE",
        message: `The format is invalid: '${pattern}'. The escape character is not allowed to precede '${next}'.`,
        sqlState: "42601",
      });
}
