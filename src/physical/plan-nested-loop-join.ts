import { aliasOf } from "../plan/alias.ts";
import { idsOf } from "../plan/attribute-ids.ts";
import type { Attribute, Expression } from "../plan/expression.ts";
import type { Join } from "../plan/logical-plan.ts";
import { planOutput } from "../plan/plan-output.ts";
import { estimated } from "./estimated.ts";
import { BROADCAST, exchange } from "./exchange.ts";
import type { NestedLoopJoinExec, PhysicalPlan } from "./physical-plan.ts";
import type { Planning } from "./planning.ts";
import { projectTo } from "./project-to.ts";

/** A join without equalities: the right side is broadcast, so some joins are turned around first. */
export function planNestedLoopJoin(join: Join, planning: Planning): PhysicalPlan {
  const left = planning.plan(join.left);
  const right = planning.plan(join.right);
  const output = planOutput(join);
  switch (join.type) {
    case "left":
    case "semi":
    case "anti":
      return nestedLoop(join, join.type, left, right, output);
    case "inner":
    case "cross":
      if (join.hint !== "broadcastLeft" && bytes(right) <= bytes(left))
        return nestedLoop(join, "inner", left, right, output);
      return turned(join, "inner", left, right, output);
    case "right":
      return turned(join, "left", left, right, output);
    case "full":
      return fullJoin(join, left, right, output);
  }
}

function turned(
  join: Join,
  type: "inner" | "left",
  left: PhysicalPlan,
  right: PhysicalPlan,
  output: readonly Attribute[],
): PhysicalPlan {
  const byId = new Map(output.map((attribute) => [attribute.id, attribute]));
  const sides = [...right.output, ...left.output].map((a) => byId.get(a.id) ?? a);
  return projectTo(output, nestedLoop(join, type, right, left, sides));
}

/** All rows of the left side with their matches, then the rows of the right side that have none. */
function fullJoin(
  join: Join,
  left: PhysicalPlan,
  right: PhysicalPlan,
  output: readonly Attribute[],
): PhysicalPlan {
  const matched = nestedLoop(join, "left", left, right, output);
  const lonely = nestedLoop(join, "anti", right, left, right.output);
  const rightIds = idsOf(right.output);
  const padded = output.map((a): Expression => {
    if (rightIds.has(a.id)) return a;
    const child: Expression = { kind: "literal", type: a.type, value: null };
    return aliasOf(a.id, a.name, child);
  });
  return Object.freeze({
    kind: "union",
    children: [matched, projectTo(padded, lonely)],
    output,
    ...estimated(join, output),
  });
}

function nestedLoop(
  join: Join,
  type: NestedLoopJoinExec["type"],
  left: PhysicalPlan,
  right: PhysicalPlan,
  output: readonly Attribute[],
): NestedLoopJoinExec {
  return Object.freeze({
    kind: "nestedLoopJoin",
    type,
    condition: join.condition,
    left,
    right: exchange(right, BROADCAST),
    output,
    ...estimated(join, output),
  });
}

const bytes = (plan: PhysicalPlan): number => plan.estimatedBytes ?? Number.POSITIVE_INFINITY;
