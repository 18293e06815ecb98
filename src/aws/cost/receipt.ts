import type { BilledUsage } from "../../query/billed-usage.ts";
import type { Prices } from "./price-table.ts";

/** What a query took and cost, as JSON. */
export interface Receipt {
  readonly usage: BilledUsage;
  readonly dollars: {
    readonly compute: number;
    readonly invocations: number;
    readonly requests: number;
    readonly total: number;
  };
  readonly prices: Prices;
  /** True if it ran elsewhere and this is what it would have cost. */
  readonly isHypothetical: boolean;
}

export function makeReceipt(
  usage: BilledUsage,
  prices: Prices,
  options: { readonly isHypothetical?: boolean } = {},
): Receipt {
  const compute = usage.gbSeconds * prices.gbSecond;
  const invocations = usage.invocations * prices.invocation;
  const requests =
    (usage.gets + usage.heads) * prices.get + (usage.puts + usage.lists) * prices.put;
  return {
    usage,
    dollars: { compute, invocations, requests, total: compute + invocations + requests },
    prices,
    isHypothetical: options.isHypothetical ?? false,
  };
}
