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
  const share = Math.ceil(total / Math.max(1, limits.parallelism));
  const target = Math.max(limits.minBytes, Math.min(limits.targetBytes, share));
  const groups: number[][] = [];
  let current: number[] = [];
  let currentBytes = 0;
  for (const [partition, size] of sizes.entries()) {
    if (current.length > 0 && currentBytes > 0 && currentBytes + size > target) {
      groups.push(current);
      current = [];
      currentBytes = 0;
    }
    current.push(partition);
    currentBytes += size;
  }
  if (current.length > 0) groups.push(current);
  return groups;
}
