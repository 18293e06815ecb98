import type { Attribute, Expression, UnresolvedAttribute } from "../plan/expression.ts";
import { attributesIn } from "../plan/expression-tree.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { planOutput } from "../plan/plan-output.ts";
import { projectOf } from "../plan/project-of.ts";
import type { Analysis } from "./analysis.ts";
import { findOnlyColumn } from "./find-column.ts";
import { type Names, namesOf } from "./names.ts";
import type { Resolved } from "./resolved.ts";

/** Names that may also mean columns which projections below have dropped, and the plan that brings those up again. */
interface MissingColumns {
  readonly names: Names;
  /** The child's plan with the columns found so far. */
  readonly plan: () => LogicalPlan;
}

/**
 * For a node over `child` that may use columns which are not in its select list: ORDER BY, a DataFrame's `filter`.
 * `lenient`: a name that several columns of the select list have means one below it.
 */
export function missingColumns(
  child: Resolved,
  analysis: Analysis,
  lenient = false,
): MissingColumns {
  const found = new Map<number, Attribute>();
  const fallback = (reference: UnresolvedAttribute): Expression | null => {
    for (let below = child.below; below !== null; below = below.below) {
      const column = findOnlyColumn(below, reference, analysis);
      if (column === null) continue;
      for (const attribute of attributesIn(column)) found.set(attribute.id, attribute);
      return column;
    }
    return null;
  };
  return {
    names: namesOf(child, analysis, { fallback, lenient }),
    plan: () => [...found.values()].reduce(bringUp, child.plan),
  };
}

function bringUp(plan: LogicalPlan, column: Attribute): LogicalPlan {
  if (planOutput(plan).some((attribute) => attribute.id === column.id)) return plan;
  switch (plan.kind) {
    case "filter":
    case "sort":
    case "limit":
    case "offset":
      return Object.freeze({ ...plan, child: bringUp(plan.child, column) });
    case "project":
      return projectOf(bringUp(plan.child, column), [...plan.expressions, column]);
    default:
      return plan;
  }
}
