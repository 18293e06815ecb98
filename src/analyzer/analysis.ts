import type { AnalysisSettings } from "./analysis-settings.ts";
import type { Catalog } from "./catalog.ts";

/** What one run of the analyzer shares. */
export interface Analysis {
  readonly catalog: Catalog;
  readonly settings: AnalysisSettings;
  /** An id that nothing else in the query has. */
  readonly freshId: () => number;
}

/** An analysis whose fresh ids count from 1. */
export function startAnalysis(catalog: Catalog, settings: AnalysisSettings): Analysis {
  let next = 0;
  return { catalog, settings, freshId: () => ++next };
}
