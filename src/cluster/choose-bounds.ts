/**
 * The lower ends of ranges 1 … that split the sampled sort keys (base64, compared as bytes) into `partitions` of about
 * equal size, ascending and without repeats: fewer where keys are few.
 */
export function chooseBounds(samples: readonly string[], partitions: number): string[] {
  const keys = samples.map((sample) => Buffer.from(sample, "base64")).sort(Buffer.compare);
  const bounds: Buffer[] = [];
  for (let p = 1; p < partitions; p++) {
    const key = keys[Math.floor((p * keys.length) / partitions)];
    const last = bounds.at(-1) ?? keys[0];
    if (key !== undefined && last !== undefined && Buffer.compare(key, last) > 0) bounds.push(key);
  }
  return bounds.map((key) => key.toString("base64"));
}
