import type { Rule } from "./rule.ts";

/** Rules that run in order: `once`, or again and again until none of them changes the plan. */
export interface Batch {
  readonly name: string;
  readonly strategy: "once" | "fixedPoint";
  readonly rules: readonly Rule[];
}
