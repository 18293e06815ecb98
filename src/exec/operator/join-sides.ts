import type { HashJoinExec, PhysicalPlan } from "../../physical/physical-plan.ts";
import type { Expression } from "../../plan/expression.ts";

/** A hash join seen from its probe side. */
export interface JoinSides {
  readonly build: PhysicalPlan;
  readonly probe: PhysicalPlan;
  readonly buildKeys: readonly Expression[];
  readonly probeKeys: readonly Expression[];
  /** What a probe row gives: its matches; its matches or one row of nulls; itself if matched; itself if not; nothing. */
  readonly probeGives: "matches" | "matchesOrNulls" | "ifMatched" | "ifUnmatched" | "nothing";
  /** Which build rows come after all probes: none, those without match (probe side null), those with one. */
  readonly buildGives: "nothing" | "unmatched" | "matched";
}

/** Which side is built, which is probed, and what each gives. */
export function joinSides(join: HashJoinExec): JoinSides {
  const buildLeft = join.buildSide === "left";
  return {
    build: buildLeft ? join.left : join.right,
    probe: buildLeft ? join.right : join.left,
    buildKeys: buildLeft ? join.leftKeys : join.rightKeys,
    probeKeys: buildLeft ? join.rightKeys : join.leftKeys,
    ...gives(join.type, buildLeft),
  };
}

function gives(
  type: HashJoinExec["type"],
  buildLeft: boolean,
): Pick<JoinSides, "probeGives" | "buildGives"> {
  switch (type) {
    case "inner":
      return { probeGives: "matches", buildGives: "nothing" };
    case "full":
      return { probeGives: "matchesOrNulls", buildGives: "unmatched" };
    case "left":
      return buildLeft
        ? { probeGives: "matches", buildGives: "unmatched" }
        : { probeGives: "matchesOrNulls", buildGives: "nothing" };
    case "right":
      return buildLeft
        ? { probeGives: "matchesOrNulls", buildGives: "nothing" }
        : { probeGives: "matches", buildGives: "unmatched" };
    case "semi":
      return buildLeft
        ? { probeGives: "nothing", buildGives: "matched" }
        : { probeGives: "ifMatched", buildGives: "nothing" };
    case "anti":
      return buildLeft
        ? { probeGives: "nothing", buildGives: "unmatched" }
        : { probeGives: "ifUnmatched", buildGives: "nothing" };
  }
}
