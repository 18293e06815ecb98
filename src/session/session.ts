import { collectReferences } from "../analyzer/collect-references.ts";
import { type Field, LONG } from "../columnar/data-type.ts";
import type { LiteralJson } from "../columnar/literal-json.ts";
import { ResourcesError } from "../common/errors.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { parseStatement } from "../sql/parse.ts";
import { splitStatements } from "../sql/split-statements.ts";
import type { ExplainMode } from "../sql/statement.ts";
import { CachedResults } from "./cached-results.ts";
import { createDataFramePlan, type RowLike } from "./create-data-frame.ts";
import { DataFrame } from "./data-frame.ts";
import { DataFrameReader } from "./data-frame-reader.ts";
import { explainText } from "./explain-text.ts";
import type { FrameContext } from "./frame-context.ts";
import { attributesOf, localPlan } from "./local-plan.ts";
import { nameParts } from "./name-parts.ts";
import { PlanSubstitutions } from "./plan-substitutions.ts";
import type { QueryOptions } from "./query-options.ts";
import { QueryPlanner } from "./query-planner.ts";
import type { QueryResult } from "./query-result.ts";
import { type QueryListener, QueryRunner } from "./query-runner.ts";
import { Schema } from "./schema.ts";
import type { SchemaLike } from "./schema-like.ts";
import { SessionCatalog } from "./session-catalog.ts";
import { SessionConf } from "./session-conf.ts";
import { type LocalOptions, localSettings } from "./session-options.ts";
import { planStatement } from "./sql-commands.ts";
import { TableOpener } from "./table-opener.ts";
import { ViewRegistry } from "./view-registry.ts";

/** Values for `:name` (an object) or `?` (an array) in SQL. */
export type SqlParameters = readonly unknown[] | { readonly [name: string]: unknown };

/**
 * The way in: makes DataFrames and runs their queries, several at once if asked to. Ends with `stop`, or with
 * `await using`.
 */
export class Session {
  /** The settings, under Spark's keys. */
  readonly conf: SessionConf;
  /** The temporary views. */
  readonly catalog: SessionCatalog;
  private readonly views = new ViewRegistry();
  private readonly substitutions = new PlanSubstitutions();
  private readonly planner: QueryPlanner;
  private readonly runner: QueryRunner;
  private readonly cached: CachedResults;
  private readonly context: FrameContext;
  private stopped = false;

  private constructor(options: LocalOptions) {
    const settings = localSettings(options);
    this.conf = new SessionConf({
      "spark.sql.shuffle.partitions": String(settings.shufflePartitions),
    });
    for (const [key, value] of Object.entries(options.settings ?? {})) this.conf.set(key, value);
    this.catalog = new SessionCatalog(this.views);
    this.runner = new QueryRunner(settings);
    this.planner = new QueryPlanner({
      conf: this.conf,
      views: this.views,
      substitutions: this.substitutions,
      opener: new TableOpener(this.runner.dataStore),
      workers: settings.workers,
    });
    this.cached = new CachedResults(this.substitutions, () => this.runner.scratchFolder());
    this.context = this.makeContext();
  }

  /** A session on this machine: worker threads, local files. Threads start with the first query. */
  static local(options: LocalOptions = {}): Session {
    return new Session(options);
  }

  get read(): DataFrameReader {
    return new DataFrameReader(this.context);
  }

  /** A temporary view by its name. */
  table(name: string): DataFrame {
    const plan: LogicalPlan = Object.freeze({
      kind: "unresolvedRelation",
      nameParts: nameParts(name),
      position: null,
    });
    return this.frame(this.views.bind(plan));
  }

  /**
   * A statement of Spark SQL as a DataFrame. SET and the statements that make and drop views take effect at once.
   * Throws a `SqlSyntaxError` with line and column.
   */
  sql(text: string, parameters?: SqlParameters): DataFrame {
    this.checkRuns();
    const statement = parseStatement(text, {
      timeZone: this.conf.get("spark.sql.session.timeZone"),
      ...(parameters === undefined ? {} : { parameters }),
    });
    return this.frame(
      planStatement(statement, {
        conf: this.conf,
        views: this.views,
        fieldsOf: (plan) => this.planner.fieldsOf(plan),
        explain: (plan, mode) => this.explain(plan, mode),
        deferred: (fields, rows) => this.deferred(fields, rows),
      }),
    );
  }

  /** The statements of a script, split at semicolons; not yet parsed. */
  splitScript(text: string): readonly string[] {
    return splitStatements(text);
  }

  /** The numbers from `start` (default 0) until `end`, one bigint column `id`. */
  range(end: number | bigint): DataFrame;
  range(start: number | bigint, end: number | bigint, step?: number | bigint): DataFrame;
  range(first: number | bigint, end?: number | bigint, step: number | bigint = 1): DataFrame {
    const [start, until] = end === undefined ? [0, first] : [first, end];
    return this.frame({
      kind: "range",
      output: attributesOf([{ name: "id", type: LONG, nullable: false }]),
      start: BigInt(start).toString(),
      end: BigInt(until).toString(),
      step: BigInt(step).toString(),
    });
  }

  /** Rows given as objects or arrays. Without a schema, or with names only, their values decide the types. */
  createDataFrame(rows: readonly RowLike[], schema?: SchemaLike | readonly string[]): DataFrame {
    const timeZone = this.conf.get("spark.sql.session.timeZone");
    return this.frame(createDataFramePlan(rows, schema ?? null, timeZone));
  }

  /** Calls back with what happens in every query, until the function it gives back is called. */
  onEvent(listener: QueryListener): () => void {
    return this.runner.onEvent(listener);
  }

  /** Cancels what still runs, ends the threads and removes all temporary files. */
  async stop(): Promise<void> {
    if (this.stopped) return;
    this.stopped = true;
    await this.runner.stop();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  private makeContext(): FrameContext {
    const { conf } = this;
    return {
      run: (plan, options) => this.run(plan, options),
      schemaOf: async (plan) => new Schema(await this.planner.fieldsOf(plan)),
      explain: (plan, mode) => this.explain(plan, mode),
      get timeZone() {
        return conf.get("spark.sql.session.timeZone");
      },
      createView: (name, plan, replace) => this.views.create(name, plan, replace),
      cache: (plan) =>
        this.cached.add(plan, (cachedPlan) => this.runPlan(cachedPlan, {}, cachedPlan)),
      uncache: (plan) => this.cached.remove(plan),
    };
  }

  private run(plan: LogicalPlan, options: QueryOptions): Promise<QueryResult> {
    return this.runPlan(plan, options, null);
  }

  private async runPlan(
    plan: LogicalPlan,
    options: QueryOptions,
    except: LogicalPlan | null,
  ): Promise<QueryResult> {
    this.checkRuns();
    const started = performance.now();
    if (namesTables(plan)) this.runner.warmUp();
    return this.runner.run(
      await this.planner.plan(plan, true, except),
      this.conf,
      options,
      started,
    );
  }

  private async explain(plan: LogicalPlan, mode: ExplainMode): Promise<string> {
    return explainText(await this.planner.plan(plan, false), mode);
  }

  private deferred(
    fields: readonly Field[],
    rows: () => Promise<readonly (readonly LiteralJson[])[]>,
  ): LogicalPlan {
    const plan = localPlan(fields, []);
    this.substitutions.add(plan, async (runs) => (runs ? localPlan(fields, await rows()) : null));
    return plan;
  }

  private frame(plan: LogicalPlan): DataFrame {
    return new DataFrame(this.context, Object.freeze(plan));
  }

  private checkRuns(): void {
    if (!this.stopped) return;
    throw new ResourcesError({
      condition: "SESSION_STOPPED",
      message: "The session was stopped; make a new one",
      sqlState: "08003",
    });
  }
}

/** Whether a plan will hardly be answered without tasks. */
function namesTables(plan: LogicalPlan): boolean {
  const { tables, files } = collectReferences(plan);
  return tables.length + files.length > 0;
}
