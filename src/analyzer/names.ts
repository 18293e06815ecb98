import type { Attribute, Expression, UnresolvedAttribute } from "../plan/expression.ts";
import type { Analysis } from "./analysis.ts";
import { analysisError } from "./analysis-error.ts";
import { currentValueCall } from "./current-values.ts";
import { findColumn, findOnlyColumn } from "./find-column.ts";
import type { Resolved } from "./resolved.ts";
import { unresolvedColumn } from "./unresolved-column.ts";

/** Where the names of an expression come from. */
export interface Names {
  readonly analysis: Analysis;
  /** The columns that stars stand for. */
  readonly stars: Resolved;
  /** What a name means. Throws where it means nothing. */
  readonly find: (reference: UnresolvedAttribute, insideAggregate: boolean) => Expression;
  /** What an attribute of an earlier analysis is in this one. */
  readonly renew: (attribute: Attribute) => Expression;
}

type Look = (reference: UnresolvedAttribute, insideAggregate: boolean) => Expression | null;

/** The names of `resolved`'s columns; `look` is asked before, `fallback` after them; `lenient`: several of a name are none. */
export function namesOf(
  resolved: Resolved,
  analysis: Analysis,
  options: { readonly look?: Look; readonly fallback?: Look; readonly lenient?: boolean } = {},
): Names {
  const find = options.lenient ? findOnlyColumn : findColumn;
  return {
    analysis,
    stars: resolved,
    find: (reference, insideAggregate) =>
      options.look?.(reference, insideAggregate) ??
      find(resolved, reference, analysis) ??
      options.fallback?.(reference, insideAggregate) ??
      currentValueCall(reference.nameParts, reference.position, analysis) ??
      raise(unresolvedColumn(reference, resolved.visible)),
    renew: (attribute) => renew(attribute, resolved),
  };
}

function raise(error: Error): never {
  throw error;
}

function renew(attribute: Attribute, resolved: Resolved): Expression {
  const ids = new Set(resolved.renamed.get(attribute.id) ?? []);
  const found = [...resolved.visible, ...resolved.qualifiedOnly].filter((a) => ids.has(a.id));
  const [only] = found;
  if (only !== undefined && new Set(found.map((a) => a.id)).size === 1)
    return Object.freeze({ ...only, name: attribute.name });
  throw analysisError(
    "MISSING_ATTRIBUTES.RESOLVED_ATTRIBUTE_MISSING_FROM_INPUT",
    "XX000",
    `Resolved attribute(s) "${attribute.name}" missing from ${resolved.visible
      .map((a) => `"${a.name}"`)
      .join(", ")}.`,
  );
}
