/** Spark's ways to read the dates and instants of files that do not say which calendar they have. */
export const REBASE_MODES = ["CORRECTED", "EXCEPTION", "LEGACY"] as const;

/** `CORRECTED` takes values as they are, `LEGACY` moves them from the hybrid calendar, `EXCEPTION` refuses old ones. */
export type RebaseMode = (typeof REBASE_MODES)[number];

/** The modes of a query. */
export interface RebaseModes {
  readonly datetime: RebaseMode;
  readonly int96: RebaseMode;
}

/** True if a text, in upper case, names a mode. */
export function isRebaseMode(text: string): text is RebaseMode {
  return (REBASE_MODES as readonly string[]).includes(text);
}
