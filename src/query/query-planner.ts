import type { AnalysisSettings } from "../analyzer/analysis-settings.ts";
import { analyze } from "../analyzer/analyze.ts";
import type { Field } from "../columnar/data-type.ts";
import { asTindraError } from "../common/errors.ts";
import { evaluateConstant } from "../exec/evaluate-constant.ts";
import type { TaskSettings } from "../exec/task-spec.ts";
import {
  optimize,
  parseExcludedRules,
  type SkippedRule,
  type TraceEntry,
} from "../optimizer/optimize.ts";
import { cutStages } from "../physical/cut-stages.ts";
import type { JobGraph } from "../physical/job-graph.ts";
import type { PhysicalPlan } from "../physical/physical-plan.ts";
import { planPhysical } from "../physical/plan-physical.ts";
import type { PlannerOptions } from "../physical/planner-options.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { planOutput } from "../plan/plan-output.ts";
import { charMode } from "./char-mode.ts";
import { markFrames } from "./frame-marks.ts";
import type { PlanSubstitutions } from "./plan-substitutions.ts";
import type { SessionConf } from "./session-conf.ts";
import type { TableOpener } from "./table-opener.ts";
import type { ViewRegistry } from "./view-registry.ts";

/** A query after each step on its way to tasks. */
export interface PlannedQuery {
  readonly parsed: LogicalPlan;
  readonly analyzed: LogicalPlan;
  readonly optimized: LogicalPlan;
  readonly physical: PhysicalPlan;
  readonly graph: JobGraph;
  readonly fields: readonly Field[];
  readonly settings: TaskSettings;
  /** The rules that changed the plan, in order. */
  readonly trace: readonly TraceEntry[];
  /** Rules of the optimizer whose results were not used. */
  readonly skippedRules: readonly SkippedRule[];
}

/** What of a session its planner uses. */
export interface PlannerParts {
  readonly conf: SessionConf;
  readonly views: ViewRegistry;
  readonly substitutions: PlanSubstitutions;
  readonly opener: TableOpener;
  readonly workers: number;
}

/** Takes plans through the rooms from analysis to the job graph, under the session's settings of the moment. */
export class QueryPlanner {
  private readonly parts: PlannerParts;

  constructor(parts: PlannerParts) {
    this.parts = parts;
  }

  /** The columns of a plan. Opens its files. */
  async fieldsOf(plan: LogicalPlan): Promise<readonly Field[]> {
    try {
      return fieldsOf(await this.analyzed(plan, false, null));
    } catch (thrown) {
      throw asTindraError(thrown);
    }
  }

  /** `runs`: whether the query will run, so that what it caches is made first. `except` is planned though it is cached. */
  async plan(
    parsed: LogicalPlan,
    runs: boolean,
    except: LogicalPlan | null = null,
  ): Promise<PlannedQuery> {
    try {
      return await this.planned(parsed, runs, except);
    } catch (thrown) {
      throw asTindraError(thrown);
    }
  }

  private async planned(
    parsed: LogicalPlan,
    runs: boolean,
    except: LogicalPlan | null,
  ): Promise<PlannedQuery> {
    const { conf } = this.parts;
    const settings = this.settings();
    const now = new Date();
    const analyzed = await this.analyzed(parsed, runs, except, now);
    const trace: TraceEntry[] = [];
    const skippedRules: SkippedRule[] = [];
    const optimized = optimize(analyzed, {
      settings: {
        excludedRules: parseExcludedRules(conf.get("spark.sql.optimizer.excludedRules")),
        broadcastThresholdBytes: conf.size("spark.sql.autoBroadcastJoinThreshold"),
        timeZone: settings.timeZone,
        nowMs: now.getTime(),
      },
      evaluateConstant: (expression) => evaluateConstant(expression, settings),
      trace: (entry) => trace.push(entry),
      onSkipped: (skipped) => skippedRules.push(skipped),
    });
    const physical = planPhysical(optimized, this.plannerOptions());
    const graph = cutStages(physical);
    const fields = fieldsOf(analyzed);
    return { parsed, analyzed, optimized, physical, graph, fields, settings, trace, skippedRules };
  }

  private async analyzed(
    parsed: LogicalPlan,
    runs: boolean,
    except: LogicalPlan | null,
    now = new Date(),
  ): Promise<LogicalPlan> {
    const { conf, substitutions, opener, views } = this.parts;
    const { ansi, timeZone } = this.settings();
    const plan = markFrames(await substitutions.apply(parsed, runs, except));
    const settings: AnalysisSettings = {
      ansi,
      timeZone,
      groupByAliases: conf.boolean("spark.sql.groupByAliases"),
      groupByOrdinal: conf.boolean("spark.sql.groupByOrdinal"),
      orderByOrdinal: conf.boolean("spark.sql.orderByOrdinal"),
      padsCharColumns: charMode(conf) === "padded",
      caseSensitive: false,
      now,
      evaluateConstant: (expression) => evaluateConstant(expression, { ansi, timeZone }),
    };
    return analyze(plan, await opener.catalogFor(plan, views, conf), settings);
  }

  private settings(): TaskSettings {
    const { conf } = this.parts;
    return {
      ansi: conf.boolean("spark.sql.ansi.enabled"),
      timeZone: conf.get("spark.sql.session.timeZone"),
    };
  }

  private plannerOptions(): PlannerOptions {
    const { conf, workers } = this.parts;
    return {
      shufflePartitions: conf.integer("spark.sql.shuffle.partitions"),
      broadcastThresholdBytes: conf.size("spark.sql.autoBroadcastJoinThreshold"),
      parallelism: workers,
      splitBytes: conf.size("spark.sql.files.maxPartitionBytes"),
      timeZone: conf.get("spark.sql.session.timeZone"),
    };
  }
}

function fieldsOf(plan: LogicalPlan): readonly Field[] {
  return planOutput(plan).map(({ name, type, nullable }) =>
    Object.freeze({ name, type, nullable }),
  );
}
