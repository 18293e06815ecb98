import { broadcastCost, type JoinSide, shuffleCost } from "./join-cost.ts";

/** A side of a join. */
export type Side = "left" | "right";

/** What a choice of a hash join depends on. */
export interface JoinQuestion {
  readonly left: JoinSide & { readonly partitions: number };
  readonly right: JoinSide & { readonly partitions: number };
  /** Sides that may be handed whole to every task. */
  readonly broadcastable: readonly Side[];
  readonly broadcastThresholdBytes: number;
  readonly parallelism: number;
  readonly shufflePartitions: number;
}

/** How a join is best done. */
export interface JoinChoice {
  readonly buildSide: Side;
  readonly distribution: "broadcast" | "shuffled";
  /** Expected time, a probe of a small table being 1. */
  readonly cost: number;
}

/** A table this small is broadcast whatever the other side has. */
const TINY_BYTES = 1024 * 1024;

/** The side to build and how rows meet, by the expected time. */
export function chooseJoin(question: JoinQuestion): JoinChoice {
  const broadcasts = question.broadcastable
    .filter((side) => question[side].bytes <= question.broadcastThresholdBytes)
    .map((side) => choice(question, side, "broadcast"));
  const tiny = broadcasts.filter(({ buildSide }) => question[buildSide].bytes <= TINY_BYTES);
  const shuffles = SIDES.map((side) => choice(question, side, "shuffled"));
  const candidates = tiny.length > 0 ? tiny : [...broadcasts, ...shuffles];
  return candidates.reduce((best, next) => (next.cost < best.cost ? next : best));
}

const SIDES: readonly Side[] = ["right", "left"];

function choice(
  question: JoinQuestion,
  buildSide: Side,
  distribution: JoinChoice["distribution"],
): JoinChoice {
  const { left, right, parallelism, shufflePartitions } = question;
  const [build, probe] = buildSide === "left" ? [left, right] : [right, left];
  const cost =
    distribution === "broadcast"
      ? broadcastCost(build, probe, Math.min(parallelism, probe.partitions))
      : shuffleCost(build, probe, Math.min(parallelism, shufflePartitions));
  return { buildSide, distribution, cost };
}
