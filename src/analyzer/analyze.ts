import type { LogicalPlan } from "../plan/logical-plan.ts";
import { startAnalysis } from "./analysis.ts";
import type { AnalysisSettings } from "./analysis-settings.ts";
import type { Catalog } from "./catalog.ts";
import { checkAnalyzed } from "./check-analyzed.ts";
import { NO_COMMON_TABLES } from "./common-tables.ts";
import { fixCurrentValues } from "./current-values.ts";
import { padCharComparisons } from "./pad-char-comparisons.ts";
import { resolvePlan } from "./resolve-plan.ts";
import { seal } from "./resolved.ts";

/**
 * Gives names and types to a plan of the parser or the DataFrame API. Pure: the same plan, catalog and settings give
 * the same result, ids included. Throws an `AnalysisError` with Spark's condition where something does not fit.
 */
export function analyze(
  plan: LogicalPlan,
  catalog: Catalog,
  settings: AnalysisSettings,
): LogicalPlan {
  const analysis = startAnalysis(catalog, settings);
  const resolved = seal(resolvePlan(plan, NO_COMMON_TABLES, analysis));
  const analyzed = padCharComparisons(fixCurrentValues(resolved, settings), analysis);
  checkAnalyzed(analyzed);
  return analyzed;
}
