import { patternCache } from "../builtins/regexp/pattern-cache.ts";
import type { Attribute, Expression, UnresolvedStar } from "../plan/expression.ts";
import { typeOf } from "../plan/expression-type.ts";
import { analysisError, notSupported } from "./analysis-error.ts";
import { extractField } from "./extract-field.ts";
import { findColumn, hasQualifier } from "./find-column.ts";
import type { Names } from "./names.ts";
import { quotedName } from "./quoted-name.ts";
import { unresolvedColumn } from "./unresolved-column.ts";

const compilePattern = patternCache("colRegex");

/**
 * The columns that `*`, `t.*` or `struct.*` stands for, as attributes and aliases. Attributes are already resolved:
 * the caller must not resolve them again. Throws `CANNOT_RESOLVE_STAR_EXPAND`.
 */
export function expandStar(star: UnresolvedStar, names: Names): readonly Expression[] {
  const all = starColumns(star, names);
  const columns = star.matching === undefined ? all : matchingColumns(star.matching, all);
  return star.except.length === 0 ? columns : withoutExcepted(star, columns, names);
}

function starColumns(star: UnresolvedStar, names: Names): readonly Expression[] {
  const { visible, qualifiedOnly } = names.stars;
  if (star.qualifier.length === 0) return visible;
  const matching = [...qualifiedOnly, ...visible].filter((a) => hasQualifier(a, star.qualifier));
  return matching.length > 0 ? matching : structColumns(star, names);
}

function matchingColumns(pattern: string, columns: readonly Expression[]): readonly Expression[] {
  const { regExp } = compilePattern(`(?i)^(?:${pattern})$`);
  return columns.filter((column) => {
    regExp.lastIndex = 0;
    return "name" in column && regExp.test(column.name);
  });
}

function structColumns(star: UnresolvedStar, names: Names): readonly Expression[] {
  const { position, qualifier } = star;
  const base = findColumn(
    names.stars,
    { kind: "unresolvedAttribute", nameParts: qualifier, position },
    names.analysis,
  );
  const type = base && typeOf(base);
  if (base === null || type?.kind !== "struct") throw cannotExpand(star, names.stars.visible);
  return type.fields.map((f) =>
    Object.freeze({
      kind: "alias",
      id: 0,
      name: f.name,
      child: extractField(base, f.name, position, names.analysis),
    }),
  );
}

function withoutExcepted(
  star: UnresolvedStar,
  columns: readonly Expression[],
  names: Names,
): readonly Expression[] {
  const excepted = new Set<number>();
  for (const nameParts of star.except) {
    const reference = { kind: "unresolvedAttribute", nameParts, position: star.position } as const;
    const column = findColumn(names.stars, reference, names.analysis);
    if (column === null) throw unresolvedColumn(reference, names.stars.visible);
    if (column.kind !== "attribute")
      throw notSupported("a struct field in EXCEPT of a star", star.position);
    excepted.add(column.id);
  }
  return columns.filter((column) => column.kind !== "attribute" || !excepted.has(column.id));
}

function cannotExpand(star: UnresolvedStar, columns: readonly Attribute[]): Error {
  const names = columns.map((a) => quotedName([a.name])).sort();
  return analysisError(
    "CANNOT_RESOLVE_STAR_EXPAND",
    "42704",
    `Cannot resolve ${quotedName(star.qualifier)}.* given input columns ${names.join(", ")}. Please check that the specified table or struct exists and is accessible in the input columns.`,
    star.position,
  );
}
