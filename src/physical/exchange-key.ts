import type { ExchangeExec, Split } from "./physical-plan.ts";

/** Equal for exchanges that hand on the same rows: the numbering of ids and qualifiers do not count. */
export function exchangeKey(exchange: ExchangeExec): string {
  const ids = new Map<number, number>();
  return JSON.stringify(exchange, (key, value: unknown) => {
    if (key === "id" && typeof value === "number") {
      const known = ids.get(value) ?? ids.size;
      ids.set(value, known);
      return known;
    }
    if (key === "splits") return (value as readonly Split[]).map(splitKey);
    return key === "qualifier" || key.startsWith("estimated") ? undefined : value;
  });
}

const splitKey = (split: Split): readonly unknown[] =>
  split.files.map((file) => [file.path, file.etag, file.rowGroups.map((group) => group.index)]);
