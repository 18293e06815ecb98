/** When adjacent partitions are put together. */
export interface CoalesceLimits {
  readonly parallelism: number;
  readonly targetBytes: number;
  readonly minBytes: number;
}

/**
 * Groups of adjacent partitions of about equal size: as many as there are workers, more where groups would be larger
 * than `targetBytes`, fewer where they would be smaller than `minBytes`.
 */
export function coalescePartitions(sizes: readonly number[], limits: CoalesceLimits): number[][] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const share = total / Math.max(1, limits.parallelism);
  const target = Math.max(1, limits.minBytes, Math.min(limits.targetBytes, share));
  const wanted = Math.max(1, Math.ceil(total / target));
  const groups = new Map<number, number[]>();
  let before = 0;
  for (const [partition, size] of sizes.entries()) {
    const middle = before + size / 2;
    const group = total === 0 ? 0 : Math.min(wanted - 1, Math.floor((middle * wanted) / total));
    groups.set(group, [...(groups.get(group) ?? []), partition]);
    before += size;
  }
  return [...groups.values()];
}
