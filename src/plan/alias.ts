import type { Alias, Attribute, Expression } from "./expression.ts";

/** An expression under a name and id. */
export function aliasOf(id: number, name: string, child: Expression): Alias {
  return Object.freeze({ kind: "alias", id, name, child });
}

/** `source` under the id and name of `target`; the attribute itself where it has both. */
export function renamedTo(source: Attribute, target: Attribute): Attribute | Alias {
  return source.id === target.id ? target : aliasOf(target.id, target.name, source);
}
