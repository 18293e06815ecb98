import { AnalysisError } from "../common/errors.ts";
import type { Attribute, Expression, UnresolvedAttribute } from "../plan/expression.ts";
import { memoized } from "../plan/memoized.ts";
import type { Analysis } from "./analysis.ts";
import { analysisError } from "./analysis-error.ts";
import { extractField } from "./extract-field.ts";
import { quotedName, sameName } from "./quoted-name.ts";
import type { Resolved } from "./resolved.ts";

/**
 * The column, or the field of a struct column, that a name means in the output of `resolved`; null where there is
 * none. Names keep the case of the reference. Throws `AMBIGUOUS_REFERENCE` where there are several.
 */
export function findColumn(
  resolved: Resolved,
  reference: UnresolvedAttribute,
  analysis: Analysis,
): Expression | null {
  if (reference.dataFrame !== undefined) return findFrameColumn(resolved, reference, analysis);
  const { nameParts } = reference;
  const byName = columnsByName(resolved);
  const named = (i: number): readonly Attribute[] =>
    byName.all.get((nameParts[i] ?? "").toLowerCase()) ?? [];
  const qualified = candidatesByQualifier(
    [...new Set(nameParts.slice(1, 4).flatMap((_, i) => named(i + 1)))],
    nameParts,
  );
  const visible = byName.visible.get((nameParts[0] ?? "").toLowerCase()) ?? [];
  const match = qualified ?? candidatesByName(visible, nameParts);
  return match && pick(match, reference, analysis);
}

interface ColumnsByName {
  readonly visible: ReadonlyMap<string, readonly Attribute[]>;
  /** Those that only a qualifier reaches too. */
  readonly all: ReadonlyMap<string, readonly Attribute[]>;
}

const columnsByName = memoized(({ visible, qualifiedOnly }: Resolved): ColumnsByName => {
  const lower = ({ name }: Attribute): string => name.toLowerCase();
  return {
    visible: Map.groupBy(visible, lower),
    all: Map.groupBy([...visible, ...qualifiedOnly], lower),
  };
});

/** As `findColumn`, but null also where several columns have the name: ORDER BY and HAVING then look elsewhere. */
export function findOnlyColumn(
  resolved: Resolved,
  reference: UnresolvedAttribute,
  analysis: Analysis,
): Expression | null {
  try {
    return findColumn(resolved, reference, analysis);
  } catch (error) {
    if (error instanceof AnalysisError && error.condition === "AMBIGUOUS_REFERENCE") return null;
    throw error;
  }
}

interface Match {
  readonly candidates: readonly Attribute[];
  /** How many name parts named the column; the others are struct fields. */
  readonly used: number;
}

function candidatesByQualifier(
  attributes: readonly Attribute[],
  nameParts: readonly string[],
): Match | null {
  for (let length = Math.min(nameParts.length - 1, 3); length >= 1; length--) {
    const qualifier = nameParts.slice(0, length);
    const name = nameParts[length] ?? "";
    const candidates = attributes.filter(
      (attribute) => sameName(attribute.name, name) && hasQualifier(attribute, qualifier),
    );
    if (candidates.length > 0) return { candidates, used: length + 1 };
  }
  return null;
}

/** True if `qualifier` is the end of the attribute's own. */
export function hasQualifier(attribute: Attribute, qualifier: readonly string[]): boolean {
  const own = attribute.qualifier.slice(-qualifier.length);
  return (
    own.length === qualifier.length && own.every((part, i) => sameName(part, qualifier[i] ?? ""))
  );
}

function candidatesByName(
  attributes: readonly Attribute[],
  nameParts: readonly string[],
): Match | null {
  const candidates = attributes.filter((attribute) => sameName(attribute.name, nameParts[0] ?? ""));
  return candidates.length === 0 ? null : { candidates, used: 1 };
}

function pick(match: Match, reference: UnresolvedAttribute, analysis: Analysis): Expression {
  const { nameParts, position } = reference;
  const distinct = [...new Map(match.candidates.map((a) => [a.id, a])).values()];
  const [only] = distinct;
  if (only === undefined || distinct.length > 1) throw ambiguous(reference, match.candidates);
  const named: Expression = Object.freeze({
    ...only,
    name: nameParts[match.used - 1] ?? only.name,
  });
  return nameParts
    .slice(match.used)
    .reduce<Expression>((base, name) => extractField(base, name, position, analysis), named);
}

function ambiguous(reference: UnresolvedAttribute, candidates: readonly Attribute[]): Error {
  const name = quotedName(reference.nameParts);
  const names = candidates.map((a) => quotedName([...a.qualifier, a.name])).sort();
  return analysisError(
    "AMBIGUOUS_REFERENCE",
    "42704",
    `Reference ${name} is ambiguous, could be: [${names.join(", ")}].`,
    reference.position,
    { name, referenceNames: names },
  );
}

function findFrameColumn(
  resolved: Resolved,
  reference: UnresolvedAttribute,
  analysis: Analysis,
): Expression | null {
  const usable = new Map(
    [...resolved.visible, ...resolved.qualifiedOnly].map((attribute) => [attribute.id, attribute]),
  );
  const frames = resolved.frames.get(reference.dataFrame ?? -1) ?? [];
  const candidates = frames.flatMap((output) => {
    const qualified = candidatesByQualifier(output, reference.nameParts);
    const match = qualified ?? candidatesByName(output, reference.nameParts);
    if (match === null) return [];
    const still = match.candidates.filter((attribute) => usable.has(attribute.id));
    return still.length === 0 ? [] : [{ ...match, candidates: still }];
  });
  const [first] = candidates;
  if (first === undefined) return null;
  const all = candidates.flatMap((match) => match.candidates);
  if (new Set(all.map((a) => a.id)).size > 1) throw ambiguousFrame(reference);
  const found = first.candidates.map((a) => usable.get(a.id) ?? a);
  return pick({ candidates: found, used: first.used }, reference, analysis);
}

function ambiguousFrame(reference: UnresolvedAttribute): Error {
  const name = quotedName(reference.nameParts);
  return analysisError(
    "AMBIGUOUS_COLUMN_REFERENCE",
    "42702",
    `Column ${name} is ambiguous. It's because you joined several DataFrame together, and some of these DataFrames are the same. This column points to one of the DataFrames but Spark is unable to figure out which one. Please alias the DataFrames with different names via \`DataFrame.alias\` before joining them, and specify the column using qualified name, e.g. \`df.alias("a").join(df.alias("b"), col("a.id") > col("b.id"))\`.`,
    reference.position,
    { name },
  );
}
