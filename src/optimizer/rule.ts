import type { Expression, Literal } from "../plan/expression.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";

/** A named rewriting of a plan that keeps its answer. */
export interface Rule {
  /** As `spark.sql.optimizer.excludedRules` and the trace name it. */
  readonly name: string;
  /** The smallest case of the rewriting, for the table of rules. */
  readonly example: { readonly before: string; readonly after: string };
  /** Later stages cannot do without it: it is not excludable. */
  readonly mandatory?: boolean;
  /** The same object where there is nothing to do. */
  apply(plan: LogicalPlan, context: RuleContext): LogicalPlan;
}

/** What rules may ask for. */
export interface RuleContext {
  /** An id that no attribute of the query has. */
  readonly freshId: () => number;
  /** The value of an expression without columns; throws what it would throw at run time. */
  readonly evaluateConstant: (expression: Expression) => Literal;
  /** The session's time zone. */
  readonly timeZone: string;
  /** Milliseconds since 1970-01-01 UTC that `now` is in the whole query. */
  readonly nowMs: number;
  /** Bytes up to which a join side is expected to be broadcast. */
  readonly broadcastThresholdBytes: number;
  /** Workers that share the query. */
  readonly parallelism: number;
}
