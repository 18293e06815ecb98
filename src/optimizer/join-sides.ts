import type { JoinType } from "../plan/logical-plan.ts";

/** For each type of join, whether something may be done to its left and to its right side. */
type JoinSides = Record<JoinType, { readonly left: boolean; readonly right: boolean }>;

/** Sides that a condition above the join may filter: those whose rows come out unchanged or not at all. */
export const FILTERED_SIDES: JoinSides = {
  inner: { left: true, right: true },
  cross: { left: true, right: true },
  left: { left: true, right: false },
  right: { left: false, right: true },
  full: { left: false, right: false },
  semi: { left: true, right: false },
  anti: { left: true, right: false },
};

/** Sides that the join's own condition, and what follows from it, may filter: those whose unmatched rows vanish. */
export const MATCHED_SIDES: JoinSides = {
  inner: { left: true, right: true },
  cross: { left: true, right: true },
  left: { left: false, right: true },
  right: { left: true, right: false },
  full: { left: false, right: false },
  semi: { left: true, right: true },
  anti: { left: false, right: true },
};
