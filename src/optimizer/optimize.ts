import { isStackOverflow, TindraError } from "../common/errors.ts";
import { STRICT } from "../common/strict.ts";
import type { Expression, Literal } from "../plan/expression.ts";
import { freshIds } from "../plan/fresh-ids.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import type { Batch } from "./batch.ts";
import { checkRule, isPlannable } from "./check-rule.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { BATCHES } from "./rules.ts";

const MAX_ITERATIONS = 100;
const DEFAULT_BROADCAST_BYTES = 64 * 1024 * 1024;

/** One rule that changed the plan. */
export interface TraceEntry {
  readonly batch: string;
  readonly rule: string;
  readonly before: LogicalPlan;
  readonly after: LogicalPlan;
}

/** One rule whose result was not used, because it broke the plan or failed. */
export interface SkippedRule {
  readonly batch: string;
  readonly rule: string;
  /** The property it broke, or its error. */
  readonly reason: string;
}

/** What rules may ask of the session. */
export interface OptimizerContext {
  readonly settings: {
    /** Names of rules to leave out; mandatory rules run all the same. */
    readonly excludedRules: readonly string[];
    /** `spark.sql.autoBroadcastJoinThreshold` in bytes; joins are ordered by it. */
    readonly broadcastThresholdBytes?: number;
    /** The session's time zone. Default UTC. */
    readonly timeZone?: string;
    /** Milliseconds since 1970-01-01 UTC that `now` is. Default: the clock. */
    readonly nowMs?: number;
    /** Workers that will share the query. Default 2. */
    readonly parallelism?: number;
    /** True if a rule that breaks the plan, or fails, fails the query; else its result is not used. Default: in tests. */
    readonly strict?: boolean;
  };
  /** The value of an expression without columns; throws what it would throw at run time. */
  readonly evaluateConstant: (expression: Expression) => Literal;
  readonly trace?: (entry: TraceEntry) => void;
  /** Once for each rule that was skipped, however often it was tried. */
  readonly onSkipped?: (skipped: SkippedRule) => void;
  /** The rules to run, by default all. */
  readonly batches?: readonly Batch[];
}

/** Rewrites an analyzed plan into one with the same output that is less work. */
export function optimize(plan: LogicalPlan, context: OptimizerContext): LogicalPlan {
  const ruleContext: RuleContext = {
    freshId: freshIds(plan),
    evaluateConstant: context.evaluateConstant,
    timeZone: context.settings.timeZone ?? "UTC",
    nowMs: context.settings.nowMs ?? Date.now(),
    broadcastThresholdBytes: context.settings.broadcastThresholdBytes ?? DEFAULT_BROADCAST_BYTES,
    parallelism: context.settings.parallelism ?? 2,
  };
  const reported = new Set<string>();
  const onSkipped = (skipped: SkippedRule): void => {
    if (!reported.has(skipped.rule)) context.onSkipped?.(skipped);
    reported.add(skipped.rule);
  };
  return (context.batches ?? BATCHES).reduce(
    (current, batch) => runBatch(current, batch, ruleContext, { ...context, onSkipped }),
    plan,
  );
}

/** The names in a value of `spark.sql.optimizer.excludedRules`; Spark's package names before them are dropped. */
export function parseExcludedRules(text: string): readonly string[] {
  return text
    .split(",")
    .map((name) => name.trim().replace(/^.*\./, ""))
    .filter((name) => name !== "");
}

function runBatch(
  plan: LogicalPlan,
  batch: Batch,
  ruleContext: RuleContext,
  context: OptimizerContext,
): LogicalPlan {
  const excluded = new Set(context.settings.excludedRules);
  const rules = batch.rules.filter((rule) => rule.mandatory || !excluded.has(rule.name));
  const times = batch.strategy === "once" ? 1 : MAX_ITERATIONS;
  let current = plan;
  for (let i = 0; i < times; i++) {
    const before = current;
    for (const rule of rules) current = applyRule(current, rule, batch, ruleContext, context);
    if (current === before) break;
  }
  return current;
}

function applyRule(
  plan: LogicalPlan,
  rule: Rule,
  batch: Batch,
  ruleContext: RuleContext,
  context: OptimizerContext,
): LogicalPlan {
  let after = plan;
  try {
    after = rule.apply(plan, ruleContext);
    if (after === plan) return plan;
    checkRule(rule.name, plan, after);
  } catch (thrown) {
    const isUserError = thrown instanceof TindraError && thrown.family !== "internal";
    const isTooDeep = rule.mandatory && isStackOverflow(thrown);
    if (isUserError || isTooDeep || (context.settings.strict ?? STRICT)) throw thrown;
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    context.onSkipped?.({ batch: batch.name, rule: rule.name, reason });
    // Later stages cannot do without a mandatory rule: what it made serves as long as it can be planned.
    if (!rule.mandatory || after === plan || !isPlannable(plan, after)) return plan;
  }
  context.trace?.({ batch: batch.name, rule: rule.name, before: plan, after });
  return after;
}
