import { aliasOf } from "../plan/alias.ts";
import type { Alias, Attribute, Expression, UnresolvedAttribute } from "../plan/expression.ts";
import { transformExpression } from "../plan/expression-tree.ts";
import { nullableOf, typeOf } from "../plan/expression-type.ts";
import type { Position } from "../plan/position.ts";
import { columnName } from "../plan/print-expression.ts";
import type { Analysis } from "./analysis.ts";
import { analysisError } from "./analysis-error.ts";
import { castFunctionType } from "./cast-function-type.ts";
import { expandStar } from "./expand-star.ts";
import { extractField } from "./extract-field.ts";
import { type Names, namesOf } from "./names.ts";
import { quotedName, sameName } from "./quoted-name.ts";
import { positionOf, resolveExpression } from "./resolve-expression.ts";
import type { Resolved } from "./resolved.ts";

/** The items of a select list, each with a name, and what later items say of earlier ones. */
export interface SelectList {
  readonly items: readonly (Attribute | Alias)[];
  /** Where each item is in the text. */
  readonly positions: readonly (Position | null)[];
  /** Ids of items that a later item refers to by alias. */
  readonly lateral: ReadonlySet<number>;
  /** New ids of aliases that had one before this analysis. */
  readonly renamed: readonly (readonly [number, number])[];
}

/** Resolves and names the items of SELECT over the columns of `child`; an item may name aliases before it. */
export function resolveSelectList(
  expressions: readonly Expression[],
  child: Resolved,
  analysis: Analysis,
): SelectList {
  const items: (Attribute | Alias)[] = [];
  const positions: (Position | null)[] = [];
  const ids = new Set<number>();
  const lateral = new Set<number>();
  const renamed: (readonly [number, number])[] = [];
  const names = namesOf(child, analysis, {
    fallback: (reference) => lateralAlias(reference, items, lateral, analysis),
  });
  for (const expression of expressions)
    for (const item of resolveItem(expression, names, lateral)) {
      items.push(distinctId(item, ids, analysis));
      positions.push(positionOf(expression));
      if (expression.kind === "alias" && expression.id !== 0)
        renamed.push([expression.id, item.id]);
    }
  return { items: Object.freeze(items), positions, lateral, renamed };
}

function resolveItem(
  expression: Expression,
  names: Names,
  lateral: ReadonlySet<number>,
): readonly (Attribute | Alias)[] {
  const { analysis } = names;
  if (expression.kind === "unresolvedStar")
    return expandStar(expression, names).map((column) =>
      column.kind === "attribute" ? column : named(column, columnName(column), analysis),
    );
  const resolved = resolveExpression(expression, names);
  if (expression.kind === "alias") return [named(resolved, expression.name, analysis)];
  if (resolved.kind === "attribute" && !lateral.has(resolved.id)) return [resolved];
  const name = impliedName(expression) ?? automaticName(resolved, lateral, analysis);
  return [named(resolved, name, analysis)];
}

function named(child: Expression, name: string, analysis: Analysis): Alias {
  return child.kind === "alias"
    ? aliasOf(analysis.freshId(), child.name, child.child)
    : aliasOf(analysis.freshId(), name, child);
}

/** The name that an item has from the column it is made of: of a struct field, or of a column under a cast. */
function impliedName(expression: Expression): string | null {
  if (expression.kind === "unresolvedAttribute") return expression.nameParts.at(-1) ?? null;
  const cast = castChild(expression);
  if (cast === null) return null;
  return cast.kind === "alias" || cast.kind === "attribute" ? cast.name : attributeName(cast);
}

function attributeName(expression: Expression): string | null {
  return expression.kind === "unresolvedAttribute" ? (expression.nameParts.at(-1) ?? null) : null;
}

function castChild(expression: Expression): Expression | null {
  if (expression.kind === "cast") return expression.child;
  const isFunction =
    expression.kind === "unresolvedCall" && castFunctionType(expression.name) !== null;
  return isFunction ? (expression.args[0] ?? null) : null;
}

function automaticName(
  resolved: Expression,
  lateral: ReadonlySet<number>,
  analysis: Analysis,
): string {
  const marked = transformExpression(resolved, (e) =>
    e.kind === "attribute" && lateral.has(e.id)
      ? Object.freeze({ ...e, name: `lateralAliasReference(${e.name})` })
      : e,
  );
  return columnName(marked, analysis.settings.timeZone);
}

function distinctId(
  item: Attribute | Alias,
  ids: Set<number>,
  analysis: Analysis,
): Attribute | Alias {
  const isNew = !ids.has(item.id);
  ids.add(item.id);
  if (item.kind === "alias" || isNew) return item;
  return Object.freeze({ kind: "alias", id: analysis.freshId(), name: item.name, child: item });
}

function lateralAlias(
  reference: UnresolvedAttribute,
  items: readonly (Attribute | Alias)[],
  lateral: Set<number>,
  analysis: Analysis,
): Expression | null {
  const [name = "", ...fields] = reference.nameParts;
  const matches = items.filter((item) => item.kind === "alias" && sameName(item.name, name));
  const [match] = matches;
  if (match === undefined || reference.dataFrame !== undefined) return null;
  if (matches.length > 1)
    throw analysisError(
      "AMBIGUOUS_LATERAL_COLUMN_ALIAS",
      "42702",
      `Lateral column alias ${quotedName([name])} is ambiguous and has ${matches.length} matches.`,
      reference.position,
    );
  lateral.add(match.id);
  const attribute: Expression = Object.freeze({
    kind: "attribute",
    id: match.id,
    name,
    type: typeOf(match),
    nullable: nullableOf(match),
    qualifier: [],
  });
  return fields.reduce<Expression>(
    (base, part) => extractField(base, part, reference.position, analysis),
    attribute,
  );
}
