import type { HashJoinExec } from "../physical/physical-plan.ts";

/**
 * True if several tasks may each build the whole build side: not where its rows without a match are wanted, since no
 * task can tell which of them another one matched.
 */
export function buildMayBeCopied({ type, buildSide }: HashJoinExec): boolean {
  if (type === "inner") return true;
  if (buildSide === "left") return type === "right";
  return type === "left" || type === "semi" || type === "anti";
}
