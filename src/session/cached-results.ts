import type { Field } from "../columnar/data-type.ts";
import { toLiteralJson } from "../columnar/literal-json.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { localPlan } from "./local-plan.ts";
import type { PlanSubstitutions } from "./plan-substitutions.ts";
import type { QueryResult } from "./query-result.ts";

/** Results kept by `cache`: each is made by the first query that holds its plan, and stands in for it from then on. */
export class CachedResults {
  private readonly substitutions: PlanSubstitutions;

  constructor(substitutions: PlanSubstitutions) {
    this.substitutions = substitutions;
  }

  /** `run` runs the plan itself. Of a plan already cached nothing changes. */
  add(plan: LogicalPlan, run: (plan: LogicalPlan) => Promise<QueryResult>): void {
    if (this.substitutions.has(plan)) return;
    let kept: Promise<LogicalPlan> | null = null;
    this.substitutions.add(plan, () => {
      kept ??= run(plan).then(keptPlan);
      kept.catch(() => {
        kept = null;
      });
      return kept;
    });
  }

  remove(plan: LogicalPlan): void {
    this.substitutions.remove(plan);
  }
}

function keptPlan(result: QueryResult): LogicalPlan {
  const fields: readonly Field[] = result.schema.fields;
  const rows = [...result.engineRows()].map((values) =>
    fields.map((field, i) => toLiteralJson(field.type, values[i] ?? null)),
  );
  return localPlan(fields, rows);
}
