import type { LogicalPlan, Relation, UnresolvedFiles } from "../plan/logical-plan.ts";

/** The tables and views that a query may name. Everything it needs is already loaded: look-ups are synchronous. */
export interface Catalog {
  /** A table, or the plan of a temporary view, analyzed or not; null where there is none. Ids are made anew. */
  lookup(nameParts: readonly string[]): LogicalPlan | null;
  /** The files of `read.parquet` or ``parquet.`path` ``. Throws where they cannot be read. */
  lookupFiles(files: UnresolvedFiles): Relation;
  tableNames(): readonly string[];
}
