import type { Attribute, Expression } from "./expression.ts";
import { attributesIn } from "./expression-tree.ts";

/** The ids of columns. */
export function idsOf(attributes: readonly Attribute[]): ReadonlySet<number> {
  return new Set(attributes.map((a) => a.id));
}

/** True if the expression reads columns, all of them among `ids`. */
export function readsOnly(expression: Expression, ids: ReadonlySet<number>): boolean {
  const attributes = attributesIn(expression);
  return attributes.length > 0 && attributes.every((a) => ids.has(a.id));
}
