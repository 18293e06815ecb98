/** The forms in which results are written. */
export const FORMATS = ["table", "json", "jsonl", "csv", "markdown", "arrow"] as const;

export type FormatName = (typeof FORMATS)[number];
