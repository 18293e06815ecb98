import { collectReferences } from "../analyzer/collect-references.ts";
import { resultOf } from "../answer/query-result.ts";
import { type ResultStream, streamOf } from "../answer/result-stream.ts";
import type { Field } from "../columnar/data-type.ts";
import { asTindraError } from "../common/errors.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { explainText } from "../query/explain-text.ts";
import type { QueryListener } from "../query/query-listener.ts";
import type { QueryOptions } from "../query/query-options.ts";
import { QueryPlanner } from "../query/query-planner.ts";
import { QueryRunner } from "../query/query-runner.ts";
import type { SessionConf } from "../query/session-conf.ts";
import type { LocalSettings } from "../query/session-options.ts";
import { TableOpener } from "../query/table-opener.ts";
import type { ExplainMode } from "../sql/statement.ts";
import type { BackendContext, SessionBackend } from "./session-backend.ts";

/** Plans and runs queries in this process and its threads. */
export class LocalBackend implements SessionBackend {
  readonly scratchFolder = (): string => this.runner.scratchFolder();
  private readonly conf: SessionConf;
  private readonly runner: QueryRunner;
  private readonly planner: QueryPlanner;

  constructor(settings: LocalSettings, parts: BackendContext) {
    this.conf = parts.conf;
    this.runner = new QueryRunner(settings);
    this.planner = new QueryPlanner({
      ...parts,
      opener: new TableOpener(this.runner.dataStore),
      workers: settings.workers,
    });
  }

  fieldsOf(plan: LogicalPlan): Promise<readonly Field[]> {
    return this.planner.fieldsOf(plan);
  }

  async explain(plan: LogicalPlan, mode: ExplainMode): Promise<string> {
    try {
      return explainText(await this.planner.plan(plan, false), mode);
    } catch (thrown) {
      throw asTindraError(thrown);
    }
  }

  async run(
    plan: LogicalPlan,
    options: QueryOptions,
    except: LogicalPlan | null,
  ): Promise<ResultStream> {
    const started = performance.now();
    if (namesTables(plan)) this.runner.warmUp();
    const planned = await this.planner.plan(plan, true, except);
    return streamOf(resultOf(await this.runner.run(planned, this.conf, options, started)));
  }

  onEvent(listener: QueryListener): () => void {
    return this.runner.onEvent(listener);
  }

  stop(): Promise<void> {
    return this.runner.stop();
  }
}

/** True if a plan will hardly be answered without tasks. */
function namesTables(plan: LogicalPlan): boolean {
  const { tables, files } = collectReferences(plan);
  return tables.length + files.length > 0;
}
