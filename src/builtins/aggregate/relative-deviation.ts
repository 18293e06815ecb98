import { AnalysisError } from "../../common/errors.ts";
import type { Argument } from "../builtin.ts";

const DEFAULT_DEVIATION = 0.05;
const MIN_BITS = 4;
/** Registers of more bits would not fit the memory of a task. */
const MAX_BITS = 24;

/** The index bits that a sketch needs for a relative standard deviation, by default 0.05. */
export function indexBitsOf(argument: Argument | undefined): number {
  return bitsFor(argument ? (deviationOf(argument) ?? DEFAULT_DEVIATION) : DEFAULT_DEVIATION);
}

/** Throws where a relative standard deviation is no constant double or decimal, or one that no sketch has. */
export function requireDeviation(argument: Argument): void {
  const deviation = deviationOf(argument);
  if (deviation === null)
    throw new AnalysisError({
      condition: "_LEGACY_ERROR_TEMP_1104",
      message: "The second argument should be a double literal.",
    });
  const bits = bitsFor(deviation);
  if (bits >= MIN_BITS && bits <= MAX_BITS) return;
  throw new AnalysisError({
    condition: "FAILED_FUNCTION_CALL",
    message: `Failed preparing of the function \`approx_count_distinct\` for call. The relative standard deviation must be between 0.0003 and 0.39, not ${deviation}.`,
    sqlState: "38000",
  });
}

const bitsFor = (deviation: number): number =>
  Math.ceil((2 * Math.log(1.106 / deviation)) / Math.log(2));

function deviationOf({ type, literal }: Argument): number | null {
  const value = literal?.value ?? null;
  if (value === null) return null;
  if (type.kind === "double") return Number(value);
  return type.kind === "decimal" ? Number(value) / 10 ** type.scale : null;
}
