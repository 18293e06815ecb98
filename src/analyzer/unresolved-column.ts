import type { Attribute, UnresolvedAttribute } from "../plan/expression.ts";
import { analysisError } from "./analysis-error.ts";
import { nearest } from "./edit-distance.ts";
import { quotedName } from "./quoted-name.ts";

const SUGGESTIONS = 5;

/** The error of a name that is none of `columns`, with the nearest ones. */
export function unresolvedColumn(
  reference: UnresolvedAttribute,
  columns: readonly Attribute[],
): Error {
  const name = quotedName(reference.nameParts);
  const suggestions = suggest(reference.nameParts, columns);
  const start = `A column, variable, or function parameter with name ${name} cannot be resolved.`;
  if (suggestions.length === 0)
    return analysisError(
      "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION",
      "42703",
      start,
      reference.position,
      { name },
    );
  return analysisError(
    "UNRESOLVED_COLUMN.WITH_SUGGESTION",
    "42703",
    `${start} Did you mean one of the following? [${suggestions.join(", ")}].`,
    reference.position,
    { name, suggestions },
  );
}

function suggest(nameParts: readonly string[], columns: readonly Attribute[]): readonly string[] {
  const qualifiers = new Set(columns.map((a) => quotedName(a.qualifier)));
  const plain = nameParts.length === 1 && qualifiers.size === 1;
  const names = columns.map((a) => quotedName(plain ? [a.name] : [...a.qualifier, a.name]));
  return nearest(nameParts.join("."), names).slice(0, SUGGESTIONS);
}
