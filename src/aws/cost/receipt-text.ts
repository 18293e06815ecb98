import type { Receipt } from "./receipt.ts";

/** A receipt for people, as two lines. */
export function receiptText({ usage, dollars, prices, isHypothetical }: Receipt): string {
  const verb = isHypothetical ? "on AWS it would have cost" : "it cost";
  const requests = [
    `${usage.gets} GET`,
    `${usage.puts} PUT`,
    `${usage.lists} LIST`,
    ...(usage.heads > 0 ? [`${usage.heads} HEAD`] : []),
    `${usage.deletes} DELETE`,
  ];
  return `receipt: ${verb} ${money(dollars.total)} (${prices.region}, ${prices.architecture}, prices of ${prices.asOf})
  ${usage.tasks} tasks in ${usage.invocations} invocations ${money(dollars.invocations)}, ${usage.gbSeconds.toFixed(2)} GB·s ${money(dollars.compute)}, ${requests.join(", ")} ${money(dollars.requests)}; ${usage.bytesRead} bytes read, ${usage.bytesWritten} written
`;
}

const money = (dollars: number): string => `$${dollars.toFixed(dollars < 1 ? 6 : 2)}`;
