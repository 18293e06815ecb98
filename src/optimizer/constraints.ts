import { idsOf } from "../plan/attribute-ids.ts";
import { conjunctsOf } from "../plan/conjuncts.ts";
import type { Expression } from "../plan/expression.ts";
import { attributesIn } from "../plan/expression-tree.ts";
import type { Join, LogicalPlan, Project } from "../plan/logical-plan.ts";
import { planOutput, toAttribute } from "../plan/plan-output.ts";
import { isDeterministic } from "./expression-facts.ts";
import { type Definitions, substitute } from "./substitute.ts";

/** Conditions on a plan's output that all of its rows are known to pass. */
export function constraintsOf(plan: LogicalPlan): readonly Expression[] {
  switch (plan.kind) {
    case "relation":
      return visible(plan.filters, plan);
    case "filter":
      return [...constraintsOf(plan.child), ...conjunctsOf(plan.condition).filter(isDeterministic)];
    case "project":
      return throughProject(plan);
    case "aggregate":
      return visible(constraintsOf(plan.child), plan);
    case "sort":
    case "limit":
    case "offset":
    case "distinct":
      return constraintsOf(plan.child);
    case "join":
      return ofJoin(plan);
    default:
      return [];
  }
}

function ofJoin(join: Join): readonly Expression[] {
  const condition = () => conjunctsOf(join.condition).filter(isDeterministic);
  switch (join.type) {
    case "inner":
    case "cross":
      return [...constraintsOf(join.left), ...constraintsOf(join.right), ...condition()];
    case "left":
    case "semi":
    case "anti":
      return constraintsOf(join.left);
    case "right":
      return constraintsOf(join.right);
    case "full":
      return [];
  }
}

function throughProject(project: Project): readonly Expression[] {
  const constraints = constraintsOf(project.child);
  const renames: Definitions = new Map(
    project.expressions.flatMap((e): [number, Expression][] =>
      e.kind === "alias" && e.child.kind === "attribute" ? [[e.child.id, toAttribute(e)]] : [],
    ),
  );
  const renamed = renames.size === 0 ? [] : constraints.map((c) => substitute(c, renames));
  return visible([...constraints, ...renamed], project);
}

function visible(constraints: readonly Expression[], plan: LogicalPlan): readonly Expression[] {
  const ids = idsOf(planOutput(plan));
  return constraints.filter((c) => attributesIn(c).every((a) => ids.has(a.id)));
}
