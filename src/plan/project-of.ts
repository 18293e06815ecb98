import type { Expression } from "./expression.ts";
import type { LogicalPlan, Project } from "./logical-plan.ts";

/** A projection; its expressions are attributes or aliases. */
export function projectOf(child: LogicalPlan, expressions: readonly Expression[]): Project {
  return Object.freeze({ kind: "project", expressions: Object.freeze([...expressions]), child });
}
