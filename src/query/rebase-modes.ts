import { AnalysisError } from "../common/errors.ts";
import {
  isRebaseMode,
  REBASE_MODES,
  type RebaseMode,
  type RebaseModes,
} from "../formats/parquet/rebase-modes.ts";
import type { SessionConf } from "./session-conf.ts";

/** The modes of reading old dates and instants: by the reader's options, else by the session's settings. */
export function rebaseModes(
  options: { readonly [key: string]: string },
  conf: SessionConf,
): RebaseModes {
  const option = (name: string): string | undefined =>
    Object.entries(options).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  return {
    datetime: modeOf(
      option("datetimeRebaseMode") ?? conf.get("spark.sql.parquet.datetimeRebaseModeInRead"),
    ),
    int96: modeOf(option("int96RebaseMode") ?? conf.get("spark.sql.parquet.int96RebaseModeInRead")),
  };
}

function modeOf(text: string): RebaseMode {
  const mode = text.trim().toUpperCase();
  if (isRebaseMode(mode)) return mode;
  throw new AnalysisError({
    condition: "INVALID_PARAMETER_VALUE",
    message: `No rebase mode is named \`${text}\`; there are ${REBASE_MODES.join(", ")}`,
    sqlState: "22023",
    details: { mode: text },
  });
}
