/** `` `t`.`a` ``: a name as Spark's messages write it. */
export function quotedName(parts: readonly string[]): string {
  return parts.map((part) => `\`${part.replaceAll("`", "``")}\``).join(".");
}

/** True if two names are the same: case does not count. */
export function sameName(a: string, b: string): boolean {
  return a === b || a.toLowerCase() === b.toLowerCase();
}
