import type { QueryMetrics } from "../../query/query-metrics.ts";
import { localUsage } from "./local-usage.ts";
import { pricesOf } from "./price-table.ts";
import { makeReceipt, type Receipt } from "./receipt.ts";

/** What a query cost, or would have cost on an engine in `region` where it ran on this machine. */
export function queryReceipt(metrics: QueryMetrics, region: string): Receipt {
  const { billed } = metrics;
  if (billed === undefined)
    return makeReceipt(localUsage(metrics), pricesOf(region), { isHypothetical: true });
  return makeReceipt(billed.usage, pricesOf(billed.region, billed.architecture));
}
