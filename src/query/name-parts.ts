import { AnalysisError } from "../common/errors.ts";

const PART = /^(?:`((?:[^`]|``)*)`|([^`.]+))(?:\.|$)/;

/** `a.b` and `` `a.b`.c `` taken apart at the points outside back quotes. */
export function nameParts(name: string): readonly string[] {
  const parts: string[] = [];
  let rest = name;
  let open = true;
  while (open) {
    const match = PART.exec(rest);
    if (match === null) throw badName(name);
    parts.push(match[1]?.replaceAll("``", "`") ?? match[2] ?? "");
    open = match[0].endsWith(".");
    rest = rest.slice(match[0].length);
  }
  return parts;
}

/** A name in back quotes where it is not a plain identifier. */
export function quotedName(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : `\`${name.replaceAll("`", "``")}\``;
}

function badName(name: string): AnalysisError {
  return new AnalysisError({
    condition: "INVALID_ATTRIBUTE_NAME_SYNTAX",
    message: `Syntax error in the attribute name: ${name}. Check that backticks appear in pairs, a quoted string is a complete name part and use a backtick only inside quoted name parts.`,
    sqlState: "42601",
    details: { name },
  });
}
