import { sameType, simpleString } from "../columnar/data-type.ts";
import { assert } from "../common/assert.ts";
import type { Expression } from "./expression.ts";
import { attributesIn, expressionChildren } from "./expression-tree.ts";
import type { LogicalPlan } from "./logical-plan.ts";
import { planOutput } from "./plan-output.ts";
import { mapPlanExpressions, planChildren } from "./plan-tree.ts";
import { printPlanNode } from "./print-plan.ts";

const ANALYZED = new Set<LogicalPlan["kind"]>([
  "relation",
  "localRelation",
  "range",
  "project",
  "filter",
  "aggregate",
  "join",
  "sort",
  "limit",
  "offset",
  "distinct",
  "setOperation",
  "expand",
  "subqueryAlias",
]);
const UNRESOLVED = new Set<Expression["kind"]>([
  "unresolvedAttribute",
  "unresolvedStar",
  "unresolvedCall",
]);

/**
 * Checks what holds for every plan from analysis on: nothing is unresolved, every attribute comes from a child with
 * the same type, select lists have names, set operations fit. Throws an `InternalError` that names the node.
 */
export function checkPlan(plan: LogicalPlan): void {
  if (sound.has(plan)) return;
  check(ANALYZED.has(plan.kind), () => `${plan.kind} is left in a resolved plan`);
  for (const child of planChildren(plan)) checkPlan(child);
  checkExpressions(plan);
  checkShape(plan);
  sound.add(plan);
}

/** Plans never change: a rule that leaves a subtree as it was does not have it checked again. */
const sound = new WeakSet<LogicalPlan>();

/** Messages print whole nodes: they are made only where they are needed. */
function check(holds: boolean, message: () => string): asserts holds {
  if (!holds) assert(false, message());
}

function checkExpressions(plan: LogicalPlan): void {
  if (plan.kind === "relation") return;
  const input = new Map(
    planChildren(plan)
      .flatMap(planOutput)
      .map((attribute) => [attribute.id, attribute]),
  );
  mapPlanExpressions(plan, (expression) => {
    checkResolved(expression, plan);
    for (const attribute of attributesIn(expression)) {
      const source = input.get(attribute.id);
      check(
        source !== undefined,
        () => `${attribute.name}#${attribute.id} is not in the input of ${printPlanNode(plan)}`,
      );
      check(
        sameType(source.type, attribute.type),
        () =>
          `${attribute.name}#${attribute.id} is ${simpleString(source.type)} below, but ${simpleString(attribute.type)} in ${printPlanNode(plan)}`,
      );
    }
    return expression;
  });
}

function checkResolved(expression: Expression, plan: LogicalPlan): void {
  check(
    !UNRESOLVED.has(expression.kind),
    () => `${expression.kind} is left in ${printPlanNode(plan)}`,
  );
  for (const child of expressionChildren(expression)) checkResolved(child, plan);
}

function checkShape(plan: LogicalPlan): void {
  switch (plan.kind) {
    case "project":
      checkNamed(plan.expressions, plan);
      return;
    case "aggregate":
      checkNamed(plan.aggregates, plan);
      return;
    case "join":
      check(plan.using === null, () => "USING is left in a resolved join");
      checkDistinct([...planOutput(plan.left), ...planOutput(plan.right)], plan);
      return;
    case "setOperation":
      checkSetOperation(plan);
      return;
    case "limit":
    case "offset":
      assert(plan.count.kind === "literal", `The count of a ${plan.kind} is not a literal`);
      return;
    case "relation":
    case "localRelation":
    case "range":
      checkDistinct(plan.output, plan);
      return;
    default:
      return;
  }
}

function checkNamed(expressions: readonly Expression[], plan: LogicalPlan): void {
  const ids: { readonly id: number }[] = [];
  for (const expression of expressions) {
    const isNamed = expression.kind === "attribute" || expression.kind === "alias";
    check(isNamed, () => `A ${expression.kind} without a name in ${printPlanNode(plan)}`);
    ids.push(expression);
  }
  checkDistinct(ids, plan);
}

function checkDistinct(columns: readonly { readonly id: number }[], plan: LogicalPlan): void {
  const ids = columns.map((column) => column.id);
  check(
    new Set(ids).size === ids.length,
    () => `Two columns have one id in ${printPlanNode(plan)}`,
  );
}

function checkSetOperation(plan: LogicalPlan & { kind: "setOperation" }): void {
  for (const child of plan.children) {
    const output = planOutput(child);
    check(
      output.length === plan.output.length,
      () => `A child of ${plan.operation} has ${output.length} columns, not ${plan.output.length}`,
    );
    for (const [i, column] of output.entries()) {
      const type = plan.output[i]?.type;
      check(
        type !== undefined && sameType(type, column.type),
        () => `Column ${column.name}#${column.id} of a child of ${plan.operation} has another type`,
      );
    }
  }
}
