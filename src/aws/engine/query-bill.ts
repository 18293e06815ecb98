import type { BilledUsage } from "../../query/billed-usage.ts";
import { measuredUsage } from "../cost/measured-usage.ts";
import type { Architecture } from "../cost/price-table.ts";
import type { LambdaTaskRunner } from "../lambda/lambda-task-runner.ts";
import { NO_USAGE, type S3Usage, usageSum } from "../s3/s3-usage.ts";
import type { EngineWork } from "./coordinator-message.ts";
import { type KeptExchange, SWEEP_LISTS } from "./kept-exchange.ts";

/** What decides the price of a query, beside its work. */
export interface Billing {
  readonly region: string;
  readonly architecture: Architecture;
  readonly executorMb: number;
  readonly coordinatorMb: number;
  /** When the invocation's time began, by `performance.now()`: at the start of the process for its first. */
  readonly beganMs: () => number;
  /** The coordinator's own requests to S3 in this invocation. */
  readonly usage: () => S3Usage;
}

export interface QueryBillParts {
  readonly runner: LambdaTaskRunner;
  readonly exchange: KeptExchange;
  readonly takeover: number;
  readonly billing: Billing;
}

const NO_WORK: EngineWork = {
  invocations: 0,
  executorMs: 0,
  coordinatorMs: 0,
  requests: NO_USAGE,
};

/** What a query has made the functions of its engine do, as far as their answers told. */
export class QueryBill {
  /** Of coordinators that had the query before, up to their checkpoints. */
  before: EngineWork = NO_WORK;
  private readonly parts: QueryBillParts;

  constructor(parts: QueryBillParts) {
    this.parts = parts;
  }

  /** So far. */
  work(): EngineWork {
    const { before } = this;
    const { runner, billing } = this.parts;
    const own = usageSum(runner.usage, billing.usage());
    return {
      invocations: before.invocations + runner.invocations,
      executorMs: before.executorMs + runner.executorMs,
      coordinatorMs: before.coordinatorMs + performance.now() - billing.beganMs(),
      requests: usageSum(before.requests, own),
    };
  }

  /** With what follows the receipt: the end of the query is kept, then what its stages left is deleted. */
  lastWork(): EngineWork {
    const { exchange, runner, takeover } = this.parts;
    const isSwept = takeover > 0 || runner.hasOrphans;
    const lists = isSwept ? SWEEP_LISTS : 0;
    const last = { ...NO_USAGE, puts: 1, lists, deletes: isSwept || exchange.hasUnwanted ? 1 : 0 };
    const work = this.work();
    return { ...work, requests: usageSum(work.requests, last) };
  }

  /** What work is billed as. */
  usage(work: EngineWork, tasks: number): BilledUsage {
    const { billing, takeover } = this.parts;
    return measuredUsage(work, tasks, { ...billing, coordinators: takeover + 1 });
  }
}
