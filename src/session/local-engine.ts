import { collectReferences } from "../analyzer/collect-references.ts";
import type { Field } from "../columnar/data-type.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import type { ExplainMode } from "../sql/statement.ts";
import { explainText } from "./explain-text.ts";
import type { QueryListener } from "./query-listener.ts";
import type { QueryOptions } from "./query-options.ts";
import { QueryPlanner } from "./query-planner.ts";
import { QueryRunner } from "./query-runner.ts";
import { type ResultStream, streamOf } from "./result-stream.ts";
import type { SessionConf } from "./session-conf.ts";
import type { EngineParts, SessionEngine } from "./session-engine.ts";
import type { LocalSettings } from "./session-options.ts";
import { TableOpener } from "./table-opener.ts";

/** Plans and runs queries in this process and its threads. */
export class LocalEngine implements SessionEngine {
  readonly scratchFolder = (): string => this.runner.scratchFolder();
  private readonly conf: SessionConf;
  private readonly runner: QueryRunner;
  private readonly planner: QueryPlanner;

  constructor(settings: LocalSettings, parts: EngineParts) {
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
    return explainText(await this.planner.plan(plan, false), mode);
  }

  async run(
    plan: LogicalPlan,
    options: QueryOptions,
    except: LogicalPlan | null,
  ): Promise<ResultStream> {
    const started = performance.now();
    if (namesTables(plan)) this.runner.warmUp();
    const planned = await this.planner.plan(plan, true, except);
    return streamOf(await this.runner.run(planned, this.conf, options, started));
  }

  onEvent(listener: QueryListener): () => void {
    return this.runner.onEvent(listener);
  }

  stop(): Promise<void> {
    return this.runner.stop();
  }
}

/** Whether a plan will hardly be answered without tasks. */
function namesTables(plan: LogicalPlan): boolean {
  const { tables, files } = collectReferences(plan);
  return tables.length + files.length > 0;
}
