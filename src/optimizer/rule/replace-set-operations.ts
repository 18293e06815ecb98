import { aliasOf, renamedTo } from "../../plan/alias.ts";
import { idsOf } from "../../plan/attribute-ids.ts";
import { allOf, booleanCall } from "../../plan/conjuncts.ts";
import type { LogicalPlan, SetOperation } from "../../plan/logical-plan.ts";
import { planOutput } from "../../plan/plan-output.ts";
import { transformPlan } from "../../plan/plan-tree.ts";
import { projectOf } from "../../plan/project-of.ts";
import { replaceSetOperationAll } from "../replace-set-operation-all.ts";
import type { Rule, RuleContext } from "../rule.ts";

/**
 * UNION is the distinct rows of UNION ALL; INTERSECT and EXCEPT are the distinct rows of the left side with, or
 * without, an equal row on the right, where null equals null.
 */
export const replaceSetOperations: Rule = {
  name: "ReplaceSetOperations",
  example: {
    before: "l INTERSECT r",
    after: "SELECT DISTINCT * FROM l LEFT SEMI JOIN r ON l.a <=> r.a",
  },
  mandatory: true,
  apply: (plan, context) =>
    transformPlan(plan, (node) => (node.kind === "setOperation" ? replace(node, context) : node)),
};

function replace(node: SetOperation, context: RuleContext): LogicalPlan {
  if (node.operation === "union") {
    if (node.all) return node;
    return Object.freeze({ kind: "distinct", child: Object.freeze({ ...node, all: true }) });
  }
  const [first, ...others] = node.children;
  if (!first) return node;
  const combined = others.reduce(
    (left, right) =>
      node.all
        ? replaceSetOperationAll(node.operation === "intersect", left, right, context)
        : matching(node, left, right, context),
    first,
  );
  const named = withOutputOf(node, combined);
  return node.all ? named : Object.freeze({ kind: "distinct", child: named });
}

function matching(
  node: SetOperation,
  left: LogicalPlan,
  right: LogicalPlan,
  context: RuleContext,
): LogicalPlan {
  const other = withOwnIds(left, right, context);
  const rightColumns = planOutput(other);
  const equalities = planOutput(left).flatMap((a, i) => {
    const b = rightColumns[i];
    return b ? [booleanCall("<=>", [a, b], false)] : [];
  });
  return Object.freeze({
    kind: "join",
    type: node.operation === "intersect" ? "semi" : "anti",
    condition: allOf(equalities),
    using: null,
    left,
    right: other,
    hint: null,
  });
}

/** Both sides may be the same plan, whose columns must then be told apart. */
function withOwnIds(left: LogicalPlan, right: LogicalPlan, context: RuleContext): LogicalPlan {
  const taken = idsOf(planOutput(left));
  const columns = planOutput(right);
  if (!columns.some((a) => taken.has(a.id))) return right;
  return projectOf(
    right,
    columns.map((a) => aliasOf(context.freshId(), a.name, a)),
  );
}

function withOutputOf(node: SetOperation, combined: LogicalPlan): LogicalPlan {
  const columns = planOutput(combined);
  const isSame = node.output.every(
    (a, i) => columns[i]?.id === a.id && columns[i]?.name === a.name,
  );
  if (isSame) return combined;
  // A column that one side of INTERSECT has without nulls has none, whatever the other side's says.
  return projectOf(
    combined,
    node.output.map((a, i) => {
      const source = columns[i];
      return source ? renamedTo({ ...source, nullable: source.nullable && a.nullable }, a) : a;
    }),
  );
}
