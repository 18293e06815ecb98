import type { Field } from "../columnar/data-type.ts";
import type { LiteralJson } from "../columnar/literal-json.ts";
import type { Attribute } from "./expression.ts";
import type { LogicalPlan } from "./logical-plan.ts";

/** A plan that carries its rows. */
export function valuesPlan(
  fields: readonly Field[],
  rows: readonly (readonly LiteralJson[])[],
): LogicalPlan {
  return Object.freeze({ kind: "localRelation", output: attributesOf(fields), rows });
}

/** Attributes of a leaf, numbered from 1. */
export function attributesOf(fields: readonly Field[]): readonly Attribute[] {
  return fields.map(({ name, type, nullable }, i) =>
    Object.freeze({ kind: "attribute", id: i + 1, name, type, nullable, qualifier: [] }),
  );
}
