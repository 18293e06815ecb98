import { AnalysisError } from "../common/errors.ts";
import { expectString } from "../common/expect-argument.ts";
import type { ExplainMode } from "../sql/statement.ts";

/** Spark's modes of EXPLAIN, and `stages`: the job graph. */
export const EXPLAIN_MODES: readonly ExplainMode[] = [
  "simple",
  "extended",
  "codegen",
  "cost",
  "formatted",
  "stages",
];

/** The mode of a name, whatever its case. */
export function explainModeOf(name: string): ExplainMode {
  const mode = EXPLAIN_MODES.find((known) => known === expectString(name, "mode").toLowerCase());
  if (mode !== undefined) return mode;
  throw new AnalysisError({
    condition: "INVALID_EXPLAIN_MODE",
    message: `Unknown explain mode: ${name}. Accepted explain modes are ${EXPLAIN_MODES.map((known) => `'${known}'`).join(", ")}.`,
    sqlState: "22023",
    details: { mode: name },
  });
}
