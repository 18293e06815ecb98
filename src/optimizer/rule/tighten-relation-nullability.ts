import { isNested } from "../../columnar/data-type.ts";
import type { Attribute } from "../../plan/expression.ts";
import { mapList, replaceIfChanged } from "../../plan/expression-tree.ts";
import type { LogicalPlan, Relation } from "../../plan/logical-plan.ts";
import { transformPlan } from "../../plan/plan-tree.ts";
import type { Rule } from "../rule.ts";

/** Columns that every file declares as required have no nulls, though a table's schema says that they may. */
export const tightenRelationNullability: Rule = {
  name: "TightenRelationNullability",
  example: { before: "a, required in every file", after: "a NOT NULL" },
  apply: (plan) => transformPlan(plan, (node) => (node.kind === "relation" ? tighten(node) : node)),
};

function tighten(relation: Relation): LogicalPlan {
  const output = mapList(relation.output, (a) =>
    a.nullable && isRequired(relation, a) ? Object.freeze({ ...a, nullable: false }) : a,
  );
  return replaceIfChanged(relation, { output });
}

function isRequired(relation: Relation, attribute: Attribute): boolean {
  if (isNested(attribute.type) || relation.partitionColumns.includes(attribute.name)) return false;
  return relation.files.every((file) =>
    file.rowGroups.every((group) => {
      const chunks = group.columns[attribute.name]?.chunks ?? [];
      return chunks.length > 0 && chunks.every((chunk) => chunk.maxDefinitionLevel === 0);
    }),
  );
}
