import { inspect } from "node:util";
import type { ResultStream } from "../answer/result-stream.ts";
import { Schema } from "../answer/schema.ts";
import { type Field, LONG } from "../columnar/data-type.ts";
import type { LiteralJson } from "../columnar/literal-json.ts";
import { asTindraError, ResourcesError } from "../common/errors.ts";
import { expectArgument, expectString } from "../common/expect-argument.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { attributesOf, valuesPlan } from "../plan/values-plan.ts";
import { nameParts } from "../query/name-parts.ts";
import { PlanSubstitutions } from "../query/plan-substitutions.ts";
import type { QueryListener } from "../query/query-listener.ts";
import type { QueryOptions } from "../query/query-options.ts";
import type { QueryService } from "../query/query-service.ts";
import { SessionConf } from "../query/session-conf.ts";
import { type LocalOptions, localSettings } from "../query/session-options.ts";
import { type CommandContext, planStatement } from "../query/sql-commands.ts";
import { ViewRegistry } from "../query/view-registry.ts";
import { parseStatement } from "../sql/parse.ts";
import { type ScriptStatement, splitStatements } from "../sql/split-statements.ts";
import { CachedResults } from "./cached-results.ts";
import { createDataFramePlan, type RowLike } from "./create-data-frame.ts";
import { DataFrame } from "./data-frame.ts";
import { DataFrameReader } from "./data-frame-reader.ts";
import type { FrameContext } from "./frame-context.ts";
import { LocalBackend } from "./local-backend.ts";
import { RemoteBackend } from "./remote-backend.ts";
import type { SchemaLike } from "./schema-like.ts";
import type { BackendContext, SessionBackend } from "./session-backend.ts";
import { SessionCatalog } from "./session-catalog.ts";
import { type SessionWarning, SessionWarnings, type WarningListener } from "./session-warning.ts";
import { refuseUnsupported } from "./spark-api/refuse-unsupported.ts";

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
  private readonly engine: SessionBackend;
  private readonly cached: CachedResults | null;
  private readonly context: FrameContext;
  private readonly warnings = new SessionWarnings();
  /** Of plans that were asked for them. */
  private readonly schemas = new WeakMap<LogicalPlan, Schema>();
  private stopped = false;

  private constructor(
    conf: SessionConf,
    settings: { readonly [key: string]: string | number | boolean } | undefined,
    engineOf: (parts: BackendContext) => SessionBackend,
  ) {
    const { views, substitutions } = this;
    this.conf = conf;
    for (const [key, value] of Object.entries(settings ?? {})) conf.set(key, value);
    this.catalog = new SessionCatalog(views);
    this.engine = engineOf({ conf, views, substitutions });
    const { scratchFolder } = this.engine;
    this.cached = scratchFolder && new CachedResults(substitutions, scratchFolder);
    this.context = this.makeContext();
  }

  /** A session on this machine: worker threads, local files. Threads start with the first query. */
  static local(options: LocalOptions = {}): Session {
    const settings = localSettings(options);
    const conf = new SessionConf({
      "spark.sql.shuffle.partitions": String(settings.shufflePartitions),
    });
    return new Session(conf, options.settings, (parts) => new LocalBackend(settings, parts));
  }

  /** A session whose queries an engine elsewhere plans and runs. `cache` keeps nothing there. */
  static remote(
    service: QueryService,
    settings: { readonly [key: string]: string | number | boolean } = {},
  ): Session {
    const conf = new SessionConf();
    return new Session(conf, settings, (parts) => new RemoteBackend(service, parts));
  }

  get read(): DataFrameReader {
    return new DataFrameReader(this.context);
  }

  /** A temporary view by its name. */
  table(name: string): DataFrame {
    expectString(name, "name");
    const plan: LogicalPlan = Object.freeze({
      kind: "unresolvedRelation",
      nameParts: nameParts(name),
      position: null,
    });
    return this.frame(this.views.bind(plan));
  }

  /**
   * A statement of Spark SQL as a DataFrame. SET and the statements that make and drop views take effect at once.
   * Throws a `SqlSyntaxError` with line and column: those of the script, where `splitScript` made the statement.
   */
  sql(statement: string | ScriptStatement, parameters?: SqlParameters): DataFrame {
    this.checkRuns();
    const { text, position } = scriptStatement(statement);
    const parsed = parseStatement(text, {
      timeZone: this.conf.get("spark.sql.session.timeZone"),
      origin: position,
      warn: this.warnOnce(),
      ...(parameters === undefined ? {} : { parameters }),
    });
    try {
      return this.frame(planStatement(parsed, this.commands()));
    } catch (thrown) {
      throw asTindraError(thrown);
    }
  }

  /** The statements of a script, split at semicolons; not yet parsed. */
  splitScript(text: string): readonly ScriptStatement[] {
    expectArgument(typeof text === "string", "text", "a string", text);
    return splitStatements(text);
  }

  /** The numbers from `start` (default 0) until `end`, one bigint column `id`. */
  range(end: number | bigint): DataFrame;
  range(start: number | bigint, end: number | bigint, step?: number | bigint): DataFrame;
  range(first: number | bigint, end?: number | bigint, step: number | bigint = 1): DataFrame {
    const [start, until] = end === undefined ? [0, first] : [first, end];
    for (const number of [start, until, step])
      expectArgument(isLong(number), "start, end, step", "integers of 64 bits", number);
    expectArgument(BigInt(step) !== 0n, "step", "an integer other than 0", step);
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
    expectArgument(Array.isArray(rows), "rows", "an array of rows", rows);
    const timeZone = this.conf.get("spark.sql.session.timeZone");
    try {
      return this.frame(createDataFramePlan(rows, schema ?? null, timeZone));
    } catch (thrown) {
      throw asTindraError(thrown);
    }
  }

  /** Calls back with what happens in every query, until the function it gives back is called. */
  onEvent(listener: QueryListener): () => void {
    expectArgument(typeof listener === "function", "listener", "a function", listener);
    return this.engine.onEvent(listener);
  }

  /**
   * Calls back with the warnings of this session, until the function it gives back is called. While nobody listens they
   * are warnings of the process (`process.on("warning", …)`).
   */
  onWarning(listener: WarningListener): () => void {
    expectArgument(typeof listener === "function", "listener", "a function", listener);
    return this.warnings.listen(listener);
  }

  /** Cancels what still runs, ends the threads and removes all temporary files. */
  async stop(): Promise<void> {
    if (this.stopped) return;
    this.stopped = true;
    await this.engine.stop();
  }

  [inspect.custom](): string {
    const views = this.views.names.length;
    return `Session[${this.stopped ? "stopped" : "running"}, ${views} temporary ${views === 1 ? "view" : "views"}]`;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  private commands(): CommandContext {
    return {
      conf: this.conf,
      views: this.views,
      fieldsOf: (plan) => this.engine.fieldsOf(plan),
      explain: (plan, mode) => this.engine.explain(plan, mode),
      deferred: (fields, rows) => this.deferred(fields, rows),
    };
  }

  private makeContext(): FrameContext {
    const { conf } = this;
    return {
      run: (plan, options) => this.run(plan, options, null),
      schemaOf: async (plan) => this.noteSchema(plan, await this.engine.fieldsOf(plan)),
      knownSchema: (plan) => this.schemas.get(plan) ?? ownSchema(plan),
      warn: this.warnings.warn,
      explain: (plan, mode) => this.engine.explain(plan, mode),
      get timeZone() {
        return conf.get("spark.sql.session.timeZone");
      },
      createView: (name, plan, replace) => this.views.create(name, plan, replace),
      cache: (plan) =>
        this.cached?.add(plan, async (cachedPlan) =>
          (await this.run(cachedPlan, {}, cachedPlan)).collect(),
        ),
      uncache: async (plan) => this.cached?.remove(plan),
    };
  }

  /** The parser may read a part of a statement twice. */
  private warnOnce(): (warning: SessionWarning) => void {
    const messages = new Set<string>();
    return (warning) => {
      if (!messages.has(warning.message)) this.warnings.warn(warning);
      messages.add(warning.message);
    };
  }

  private noteSchema(plan: LogicalPlan, fields: readonly Field[]): Schema {
    const schema = new Schema(fields);
    this.schemas.set(plan, schema);
    return schema;
  }

  private async run(
    plan: LogicalPlan,
    options: QueryOptions,
    except: LogicalPlan | null,
  ): Promise<ResultStream> {
    this.checkRuns();
    const { signal, timeoutMs = 1 } = options;
    const isSignal = signal === undefined || signal instanceof AbortSignal;
    expectArgument(isSignal, "signal", "an AbortSignal", signal);
    expectArgument(timeoutMs > 0, "timeoutMs", "a number above 0", timeoutMs);
    const limited = timeoutMs > MAX_TIMEOUT_MS ? { timeoutMs: MAX_TIMEOUT_MS } : {};
    try {
      const result = await this.engine.run(plan, { ...options, ...limited }, except);
      this.schemas.set(plan, result.schema);
      return result;
    } catch (thrown) {
      throw asTindraError(thrown);
    }
  }

  private deferred(
    fields: readonly Field[],
    rows: () => Promise<readonly (readonly LiteralJson[])[]>,
  ): LogicalPlan {
    const plan = valuesPlan(fields, []);
    this.substitutions.add(plan, async (runs) => (runs ? valuesPlan(fields, await rows()) : null));
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

refuseUnsupported(SessionConf.prototype, "RuntimeConfig");
// `conf` and `catalog` are set by the constructor.
refuseUnsupported(Session.prototype, "SparkSession", ["conf", "catalog"]);
refuseUnsupported(Session, "SparkSession", ["createDataFrame", "range", "sql", "stop", "table"]);

/** The columns of a plan that carries them. */
function ownSchema(plan: LogicalPlan): Schema | null {
  return plan.kind === "localRelation" || plan.kind === "range" ? new Schema(plan.output) : null;
}

function scriptStatement(
  statement: string | ScriptStatement,
): Pick<ScriptStatement, "text" | "position"> {
  if (typeof statement === "string") return { text: statement, position: { line: 1, column: 1 } };
  expectArgument(typeof statement?.text === "string", "statement", "a string", statement);
  return statement;
}

/** Timers take no more: 24 days. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

const isLong = (value: number | bigint): boolean =>
  (typeof value === "bigint" || Number.isSafeInteger(value)) &&
  BigInt.asIntN(64, BigInt(value)) === BigInt(value);
