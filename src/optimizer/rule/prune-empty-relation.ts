import { aliasOf, renamedTo } from "../../plan/alias.ts";
import { idsOf } from "../../plan/attribute-ids.ts";
import type { Expression } from "../../plan/expression.ts";
import type { Join, LogicalPlan, SetOperation } from "../../plan/logical-plan.ts";
import { planOutput } from "../../plan/plan-output.ts";
import { transformPlan } from "../../plan/plan-tree.ts";
import { projectOf } from "../../plan/project-of.ts";
import type { Rule } from "../rule.ts";

/** What is known to have no rows is not computed: filters that are false, limits of 0, and what follows from them. */
export const pruneEmptyRelation: Rule = {
  name: "PruneEmptyRelation",
  example: { before: "t WHERE false", after: "no rows" },
  apply: (plan) => transformPlan(plan, pruneNode),
};

function pruneNode(node: LogicalPlan): LogicalPlan {
  switch (node.kind) {
    case "filter": {
      const { condition } = node;
      const isFalse = condition.kind === "literal" && condition.value !== true;
      return isFalse || isEmpty(node.child) ? empty(node) : node;
    }
    case "limit":
      return isZero(node.count) || isEmpty(node.child) ? empty(node) : node;
    case "relation":
      return node.filters.some((e) => e.kind === "literal" && e.value !== true)
        ? empty(node)
        : node;
    case "project":
    case "sort":
    case "offset":
    case "distinct":
    case "expand":
      return isEmpty(node.child) ? empty(node) : node;
    case "aggregate":
      return node.grouping.length > 0 && isEmpty(node.child) ? empty(node) : node;
    case "join":
      return pruneJoin(node);
    case "setOperation":
      return pruneUnion(node);
    default:
      return node;
  }
}

function pruneJoin(join: Join): LogicalPlan {
  const left = isEmpty(join.left);
  const right = isEmpty(join.right);
  if (!left && !right) return join;
  switch (join.type) {
    case "inner":
    case "cross":
    case "semi":
      return empty(join);
    case "anti":
      return left ? empty(join) : join.left;
    case "left":
      return left ? empty(join) : padded(join, join.left);
    case "right":
      return right ? empty(join) : padded(join, join.right);
    case "full":
      if (left && right) return empty(join);
      return padded(join, left ? join.right : join.left);
  }
}

/** The rows of the side that has some, with nulls for the other's columns. */
function padded(join: Join, side: LogicalPlan): LogicalPlan {
  const ids = idsOf(planOutput(side));
  const expressions = planOutput(join).map((a): Expression => {
    if (ids.has(a.id)) return a;
    return aliasOf(a.id, a.name, Object.freeze({ kind: "literal", type: a.type, value: null }));
  });
  return projectOf(side, expressions);
}

function pruneUnion(operation: SetOperation): LogicalPlan {
  if (operation.operation !== "union" || !operation.all) return operation;
  const children = operation.children.filter((child) => !isEmpty(child));
  if (children.length === operation.children.length) return operation;
  const [only, second] = children;
  if (!only) return empty(operation);
  if (second) return Object.freeze({ ...operation, children: Object.freeze(children) });
  const output = planOutput(only);
  return projectOf(
    only,
    operation.output.map((a, i) => {
      const source = output[i];
      return source ? renamedTo(source, a) : a;
    }),
  );
}

const isEmpty = (plan: LogicalPlan): boolean =>
  plan.kind === "localRelation" && plan.rows.length === 0;

function empty(plan: LogicalPlan): LogicalPlan {
  return Object.freeze({
    kind: "localRelation",
    output: planOutput(plan),
    rows: Object.freeze([]),
  });
}

const isZero = (count: Expression): boolean =>
  count.kind === "literal" && count.value !== null && Number(count.value) === 0;
