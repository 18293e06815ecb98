import type { ResultStream } from "../answer/result-stream.ts";
import type { Schema } from "../answer/schema.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import type { QueryOptions } from "../query/query-options.ts";
import type { ExplainMode } from "../sql/statement.ts";
import type { SessionWarning } from "./session-warning.ts";

/** What a DataFrame needs of its session. */
export interface FrameContext {
  /** Runs a plan and gives its rows. */
  run(plan: LogicalPlan, options: QueryOptions): Promise<ResultStream>;
  /** The columns of a plan, without running it. */
  schemaOf(plan: LogicalPlan): Promise<Schema>;
  /** The columns of a plan where they are known without opening anything. */
  knownSchema(plan: LogicalPlan): Schema | null;
  warn(warning: SessionWarning): void;
  explain(plan: LogicalPlan, mode: ExplainMode): Promise<string>;
  readonly timeZone: string;
  /** Registers a view. `replace: false` throws where the name is taken. */
  createView(name: string, plan: LogicalPlan, replace: boolean): void;
  cache(plan: LogicalPlan): void;
  /** Drops what `cache` kept of a plan. */
  uncache(plan: LogicalPlan): Promise<void>;
}
