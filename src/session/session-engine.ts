import type { Field } from "../columnar/data-type.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import type { ExplainMode } from "../sql/statement.ts";
import type { PlanSubstitutions } from "./plan-substitutions.ts";
import type { QueryListener } from "./query-listener.ts";
import type { QueryOptions } from "./query-options.ts";
import type { ResultStream } from "./result-stream.ts";
import type { SessionConf } from "./session-conf.ts";
import type { ViewRegistry } from "./view-registry.ts";

/** What an engine shares with its session. */
export interface EngineParts {
  readonly conf: SessionConf;
  readonly views: ViewRegistry;
  readonly substitutions: PlanSubstitutions;
}

/** What works on a session's plans: this machine, or an engine elsewhere. */
export interface SessionEngine {
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
