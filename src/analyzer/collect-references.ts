import type { Expression } from "../plan/expression.ts";
import { expressionChildren } from "../plan/expression-tree.ts";
import type { LogicalPlan, UnresolvedFiles, UnresolvedRelation } from "../plan/logical-plan.ts";
import { mapPlanExpressions, planChildren } from "../plan/plan-tree.ts";

/** What a plan names and the session must open before analysis. */
export interface References {
  /** Tables and views, without the relations of WITH clauses in scope. Repeated where named again. */
  readonly tables: readonly UnresolvedRelation[];
  readonly files: readonly UnresolvedFiles[];
}

/** All tables and files that a plan names, in CTEs and in subqueries of expressions too. */
export function collectReferences(plan: LogicalPlan): References {
  const tables: UnresolvedRelation[] = [];
  const files: UnresolvedFiles[] = [];
  visitPlan(plan, new Set(), tables, files);
  return { tables, files };
}

function visitPlan(
  plan: LogicalPlan,
  hidden: ReadonlySet<string>,
  tables: UnresolvedRelation[],
  files: UnresolvedFiles[],
): void {
  const visit = (node: LogicalPlan, names = hidden): void => visitPlan(node, names, tables, files);
  if (plan.kind === "unresolvedFiles") files.push(plan);
  if (plan.kind === "unresolvedRelation" && !isHidden(plan, hidden)) tables.push(plan);
  if (plan.kind === "with") {
    let names = hidden;
    for (const relation of plan.relations) {
      visit(relation.plan, names);
      names = new Set([...names, relation.name.toLowerCase()]);
    }
    visit(plan.child, names);
    return;
  }
  mapPlanExpressions(plan, (expression) => {
    visitSubqueries(expression, visit);
    return expression;
  });
  for (const child of planChildren(plan)) visit(child);
}

function isHidden(relation: UnresolvedRelation, hidden: ReadonlySet<string>): boolean {
  const [name = ""] = relation.nameParts;
  return relation.nameParts.length === 1 && hidden.has(name.toLowerCase());
}

function visitSubqueries(expression: Expression, visit: (plan: LogicalPlan) => void): void {
  if (expression.kind === "subquery") visit(expression.plan);
  for (const child of expressionChildren(expression)) visitSubqueries(child, visit);
}
