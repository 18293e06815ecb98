/** The forms in which results are written. */
export const FORMATS = ["table", "json", "jsonl", "csv", "markdown", "arrow"] as const;

/** The name of a way to print rows. */
export type FormatName = (typeof FORMATS)[number];
