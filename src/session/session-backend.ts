import type { ResultStream } from "../answer/result-stream.ts";
import type { Field } from "../columnar/data-type.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import type { PlanSubstitutions } from "../query/plan-substitutions.ts";
import type { QueryListener } from "../query/query-listener.ts";
import type { QueryOptions } from "../query/query-options.ts";
import type { SessionConf } from "../query/session-conf.ts";
import type { ViewRegistry } from "../query/view-registry.ts";
import type { ExplainMode } from "../sql/statement.ts";

/** What an engine shares with its session. */
export interface BackendContext {
  readonly conf: SessionConf;
  readonly views: ViewRegistry;
  readonly substitutions: PlanSubstitutions;
}

/** What works on a session's plans: this machine, or an engine elsewhere. */
export interface SessionBackend {
  fieldsOf(plan: LogicalPlan): Promise<readonly Field[]>;
  explain(plan: LogicalPlan, mode: ExplainMode): Promise<string>;
  /** `except` is run though its result is kept. */
  run(plan: LogicalPlan, options: QueryOptions, except: LogicalPlan | null): Promise<ResultStream>;
  /** Gives a folder for results that `cache` keeps; null where tasks cannot read files of this machine. */
  readonly scratchFolder: (() => string) | null;
  onEvent(listener: QueryListener): () => void;
  /** Ends what runs and waits for its end. */
  stop(): Promise<void>;
}
