import { valuesResult } from "../answer/query-result.ts";
import { type ResultStream, streamOf } from "../answer/result-stream.ts";
import { servedResult } from "../answer/served-stream.ts";
import { operationCancelled } from "../cluster/cancelled.ts";
import type { Field } from "../columnar/data-type.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { markFrames } from "../query/frame-marks.ts";
import { parseSize } from "../query/parse-size.ts";
import type { QueryListener } from "../query/query-listener.ts";
import type { QueryOptions } from "../query/query-options.ts";
import type { QueryRequest } from "../query/query-request.ts";
import type { QueryService } from "../query/query-service.ts";
import type { ExplainMode } from "../sql/statement.ts";
import type { BackendContext, SessionBackend } from "./session-backend.ts";

/** Sends plans to an engine elsewhere. It keeps no results: what `cache` was called on is computed anew. */
export class RemoteBackend implements SessionBackend {
  readonly scratchFolder = null;
  private readonly service: QueryService;
  private readonly parts: BackendContext;
  private readonly listeners = new Set<QueryListener>();
  private readonly stopping = new AbortController();
  private readonly running = new Set<Promise<unknown>>();

  constructor(service: QueryService, parts: BackendContext) {
    this.service = service;
    this.parts = parts;
  }

  async fieldsOf(plan: LogicalPlan): Promise<readonly Field[]> {
    return this.service.fieldsOf(await this.request(plan, false));
  }

  async explain(plan: LogicalPlan, mode: ExplainMode): Promise<string> {
    return this.service.explain(await this.request(plan, false), mode);
  }

  async run(
    plan: LogicalPlan,
    options: QueryOptions,
    except: LogicalPlan | null,
  ): Promise<ResultStream> {
    const startedMs = performance.now();
    const given = options.signal === undefined ? [] : [options.signal];
    const signal = AbortSignal.any([this.stopping.signal, ...given]);
    if (signal.aborted) throw operationCancelled();
    const request = await this.request(plan, true, except);
    const tell: QueryListener | null =
      this.listeners.size === 0 ? null : (event) => this.tell(event);
    const running = this.service.run(request, { ...options, signal }, tell);
    this.running.add(running);
    try {
      const { facts, metrics: there, rows } = await running;
      const metrics = { ...there, elapsedMs: performance.now() - startedMs };
      if (rows.kind === "literals") return streamOf(valuesResult(facts, rows, metrics));
      const mostBytes = parseSize(this.parts.conf.get("spark.driver.maxResultSize"));
      return servedResult(facts, rows.streams, metrics, mostBytes);
    } finally {
      this.running.delete(running);
    }
  }

  onEvent(listener: QueryListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async stop(): Promise<void> {
    this.stopping.abort(operationCancelled());
    await Promise.allSettled(this.running);
    await this.service.close();
  }

  private async request(
    plan: LogicalPlan,
    runs: boolean,
    except: LogicalPlan | null = null,
  ): Promise<QueryRequest> {
    const { conf, views, substitutions } = this.parts;
    return {
      plan: views.bind(markFrames(await substitutions.apply(plan, runs, except))),
      settings: Object.fromEntries(conf.entries()),
    };
  }

  private tell(event: Parameters<QueryListener>[0]): void {
    for (const listener of this.listeners) {
      try {
        listener(event);
      } catch {
        // an onlooker's fault is not the query's
      }
    }
  }
}
