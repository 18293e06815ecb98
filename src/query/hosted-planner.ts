import type { Field } from "../columnar/data-type.ts";
import { AnalysisError } from "../common/errors.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { parseStatement } from "../sql/parse.ts";
import type { ObjectStore } from "../storage/object-store.ts";
import { explainModeOf } from "./explain-mode.ts";
import { explainText } from "./explain-text.ts";
import { PlanSubstitutions } from "./plan-substitutions.ts";
import { type PlannedQuery, QueryPlanner } from "./query-planner.ts";
import type { QueryRequest } from "./query-request.ts";
import { SessionConf } from "./session-conf.ts";
import { TableOpener } from "./table-opener.ts";
import { ViewRegistry } from "./view-registry.ts";

/** More partitions than this make shuffles of many small reads. */
const MAX_SHUFFLE_PARTITIONS = 128;

/** Plans queries that came as requests. Footers are kept from one to the next, settings are not. */
export class HostedPlanner {
  private readonly opener: TableOpener;
  private readonly parallelism: number;

  constructor(data: ObjectStore, parallelism: number) {
    this.opener = new TableOpener(data);
    this.parallelism = parallelism;
  }

  async plan(request: QueryRequest): Promise<{ query: PlannedQuery; conf: SessionConf }> {
    const conf = this.confOf(request);
    return { query: await this.planner(conf).plan(planOf(request, conf), true), conf };
  }

  async fieldsOf(request: QueryRequest): Promise<readonly Field[]> {
    const conf = this.confOf(request);
    return this.planner(conf).fieldsOf(planOf(request, conf));
  }

  /** What `explain` prints in the mode of that name. */
  async explain(request: QueryRequest, mode: string): Promise<string> {
    const conf = this.confOf(request);
    const planned = await this.planner(conf).plan(planOf(request, conf), false);
    return explainText(planned, explainModeOf(mode));
  }

  /** The settings of a request. Throws where a value does not fit its key. */
  confOf(request: QueryRequest): SessionConf {
    const conf = new SessionConf({
      "spark.sql.shuffle.partitions": `${Math.min(2 * this.parallelism, MAX_SHUFFLE_PARTITIONS)}`,
    });
    for (const [key, value] of Object.entries(request.settings)) conf.set(key, value);
    return conf;
  }

  private planner(conf: SessionConf): QueryPlanner {
    return new QueryPlanner({
      conf,
      views: new ViewRegistry(),
      substitutions: new PlanSubstitutions(),
      opener: this.opener,
      workers: this.parallelism,
    });
  }
}

function planOf(request: QueryRequest, conf: SessionConf): LogicalPlan {
  if ("plan" in request) return request.plan;
  const statement = parseStatement(request.sql, {
    timeZone: conf.get("spark.sql.session.timeZone"),
  });
  if (statement.kind === "query") return statement.plan;
  throw new AnalysisError({
    condition: "UNSUPPORTED_STATEMENT",
    message: "Only queries are sent to an engine as text; other statements are the session's",
    sqlState: "0A000",
    details: { statement: statement.kind },
  });
}
