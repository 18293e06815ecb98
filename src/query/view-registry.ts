import { AnalysisError } from "../common/errors.ts";
import type { Expression } from "../plan/expression.ts";
import { transformExpression } from "../plan/expression-tree.ts";
import type { LogicalPlan, UnresolvedRelation } from "../plan/logical-plan.ts";
import { mapPlanChildren, mapPlanExpressions } from "../plan/plan-tree.ts";

/** The temporary views of a session, by name without regard to case. */
export class ViewRegistry {
  private readonly views = new Map<string, { readonly name: string; readonly plan: LogicalPlan }>();

  get names(): readonly string[] {
    return [...this.views.values()].map((view) => view.name).sort();
  }

  get(name: string): LogicalPlan | null {
    return this.views.get(name.toLowerCase())?.plan ?? null;
  }

  /** Throws `TEMP_TABLE_OR_VIEW_ALREADY_EXISTS` where the name is taken and `replace` is false. */
  create(name: string, plan: LogicalPlan, replace: boolean): void {
    if (!replace && this.views.has(name.toLowerCase()))
      throw new AnalysisError({
        condition: "TEMP_TABLE_OR_VIEW_ALREADY_EXISTS",
        message: `Cannot create the temporary view \`${name}\` because it already exists.\nChoose a different name, drop or replace the existing view,  or add the IF NOT EXISTS clause to tolerate pre-existing views.`,
        sqlState: "42P07",
        details: { relationName: name },
      });
    this.views.set(name.toLowerCase(), { name: name.toLowerCase(), plan });
  }

  /** True if there was one. */
  drop(name: string): boolean {
    return this.views.delete(name.toLowerCase());
  }

  /**
   * The plan with views in the place of their names, so that it keeps its meaning when a view is replaced later.
   * Names of a WITH clause hide views.
   */
  bind(plan: LogicalPlan, hidden: ReadonlySet<string> = new Set()): LogicalPlan {
    if (plan.kind === "unresolvedRelation") return this.bindName(plan, hidden) ?? plan;
    if (plan.kind === "with") return this.bindWith(plan, hidden);
    const bound = mapPlanChildren(plan, (child) => this.bind(child, hidden));
    return mapPlanExpressions(bound, (expression) =>
      transformExpression(expression, (node) => this.bindSubquery(node, hidden)),
    );
  }

  /** A relation of WITH sees the ones before it. */
  private bindWith(plan: LogicalPlan & { kind: "with" }, hidden: ReadonlySet<string>): LogicalPlan {
    const names = new Set(hidden);
    const relations = plan.relations.map((relation) => {
      const bound = Object.freeze({ ...relation, plan: this.bind(relation.plan, new Set(names)) });
      names.add(relation.name.toLowerCase());
      return bound;
    });
    return Object.freeze({ ...plan, relations, child: this.bind(plan.child, names) });
  }

  private bindName(
    { nameParts, position }: UnresolvedRelation,
    hidden: ReadonlySet<string>,
  ): LogicalPlan | null {
    const [name = ""] = nameParts;
    if (nameParts.length !== 1 || hidden.has(name.toLowerCase())) return null;
    const child = this.get(name);
    if (child === null) return null;
    const place = position === null ? {} : { position };
    return Object.freeze({ kind: "subqueryAlias", alias: name, columns: [], child, ...place });
  }

  private bindSubquery(node: Expression, hidden: ReadonlySet<string>): Expression {
    if (node.kind !== "subquery") return node;
    const plan = this.bind(node.plan, hidden);
    return plan === node.plan ? node : Object.freeze({ ...node, plan });
  }
}
