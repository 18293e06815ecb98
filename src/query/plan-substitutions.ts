import type { Expression } from "../plan/expression.ts";
import { expressionChildren, transformExpression } from "../plan/expression-tree.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { mapPlanChildren, mapPlanExpressions, planChildren } from "../plan/plan-tree.ts";
import { keepFrame } from "./frame-marks.ts";

/** `runs`: whether the query will run, or only its columns or its plan are asked for. */
type Source = (runs: boolean) => Promise<LogicalPlan | null>;

/**
 * Plans that give way to others when a query starts: rows of commands that are made when they are asked for, and
 * cached results. Plans are known by identity.
 */
export class PlanSubstitutions {
  private readonly sources = new WeakMap<LogicalPlan, Source>();

  /** `source` is asked each time a query holds the plan; null keeps the plan as it is. */
  add(plan: LogicalPlan, source: Source): void {
    this.sources.set(plan, source);
  }

  remove(plan: LogicalPlan): void {
    this.sources.delete(plan);
  }

  has(plan: LogicalPlan): boolean {
    return this.sources.has(plan);
  }

  /** The plan with what stands in for parts of it; `except` stays itself. */
  async apply(
    plan: LogicalPlan,
    runs: boolean,
    except: LogicalPlan | null = null,
  ): Promise<LogicalPlan> {
    const replaced = new Map<LogicalPlan, LogicalPlan>();
    await this.collect(plan, { runs, except }, replaced);
    return replaced.size === 0 ? plan : replace(plan, replaced);
  }

  private async collect(
    plan: LogicalPlan,
    query: { readonly runs: boolean; readonly except: LogicalPlan | null },
    replaced: Map<LogicalPlan, LogicalPlan>,
  ): Promise<void> {
    if (replaced.has(plan)) return;
    const source = plan === query.except ? undefined : this.sources.get(plan);
    const other = source === undefined ? null : await source(query.runs);
    if (other !== null) {
      replaced.set(plan, other);
      return;
    }
    for (const child of planChildren(plan)) await this.collect(child, query, replaced);
    for (const subquery of subqueryPlans(plan)) await this.collect(subquery, query, replaced);
  }
}

function replace(plan: LogicalPlan, replaced: ReadonlyMap<LogicalPlan, LogicalPlan>): LogicalPlan {
  const result = replaced.get(plan) ?? replaceInside(plan, replaced);
  keepFrame(plan, result);
  return result;
}

function replaceInside(
  plan: LogicalPlan,
  replaced: ReadonlyMap<LogicalPlan, LogicalPlan>,
): LogicalPlan {
  const changed = mapPlanChildren(plan, (child) => replace(child, replaced));
  return mapPlanExpressions(changed, (expression) =>
    transformExpression(expression, (node) => {
      if (node.kind !== "subquery") return node;
      const inner = replace(node.plan, replaced);
      return inner === node.plan ? node : Object.freeze({ ...node, plan: inner });
    }),
  );
}

function subqueryPlans(plan: LogicalPlan): readonly LogicalPlan[] {
  const plans: LogicalPlan[] = [];
  const visit = (expression: Expression): void => {
    if (expression.kind === "subquery") plans.push(expression.plan);
    for (const child of expressionChildren(expression)) visit(child);
  };
  mapPlanExpressions(plan, (expression) => {
    visit(expression);
    return expression;
  });
  return plans;
}
