import type { LogicalPlan } from "../plan/logical-plan.ts";

/** A query on its way to an engine elsewhere, as JSON: an unresolved plan without views, or SQL, and what was set. */
export type QueryRequest = { readonly settings: { readonly [key: string]: string } } & (
  | { readonly plan: LogicalPlan }
  | { readonly sql: string }
);
