import type { BilledUsage } from "../../query/billed-usage.ts";

export const NO_ENGINE_USAGE: BilledUsage = Object.freeze({
  tasks: 0,
  invocations: 0,
  gbSeconds: 0,
  gets: 0,
  heads: 0,
  puts: 0,
  lists: 0,
  deletes: 0,
  bytesRead: 0,
  bytesWritten: 0,
});

/** What functions that ran so long with so much memory are billed as. */
export const gbSeconds = (memoryMb: number, ms: number): number => (memoryMb / 1024) * (ms / 1000);

export function addUsage(a: BilledUsage, b: Partial<BilledUsage>): BilledUsage {
  const sum: { -readonly [K in keyof BilledUsage]: number } = { ...a };
  for (const name of Object.keys(a) as (keyof BilledUsage)[]) sum[name] += b[name] ?? 0;
  return sum;
}
