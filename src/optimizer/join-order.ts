import { allOf } from "../plan/conjuncts.ts";
import { buildBytes } from "../plan/estimate/build-bytes.ts";
import { broadcastCost, shuffleCost } from "../plan/estimate/join-cost.ts";
import { estimatePlan, estimatePlanBytes } from "../plan/estimate/plan-estimate.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import type { JoinCondition, JoinGraph } from "./join-graph.ts";
import type { RuleContext } from "./rule.ts";

/** What joins run on. */
export type Machine = Pick<RuleContext, "broadcastThresholdBytes" | "parallelism">;

/** A plan for some of the leaves and what it is expected to cost. */
interface Candidate {
  readonly leaves: number;
  readonly plan: LogicalPlan;
  readonly rows: number;
  readonly bytes: number;
  readonly cost: number;
}

/** Up to here every order is tried; above, the cheapest pair is joined again and again. */
const MAX_EXHAUSTIVE_LEAVES = 10;
/** Handing on one row, where probing a small table for it costs 1. */
const OUTPUT_COST = 1;

/**
 * The order of joins that is expected to be the least work: the larger side on the left, to be probed, the smaller one
 * on the right, to be built. Leaves without an equality between them are joined last.
 */
export function bestJoinOrder(graph: JoinGraph, machine: Machine): LogicalPlan {
  const search = new Search(graph.conditions, machine);
  const leaves = graph.leaves.map((plan, i) => leafCandidate(plan, 1 << i));
  const parts = components(leaves, graph.conditions).map((component) =>
    component.length <= MAX_EXHAUSTIVE_LEAVES
      ? search.exhaustive(component)
      : search.greedy(component),
  );
  const joined = parts.sort((a, b) => a.rows - b.rows).reduce((a, b) => search.join(a, b));
  return joined.plan;
}

function leafCandidate(plan: LogicalPlan, leaves: number): Candidate {
  return { leaves, plan, rows: estimatePlan(plan).rows, bytes: estimatePlanBytes(plan), cost: 0 };
}

/** Leaves that equalities connect, directly or by others. */
function components(
  leaves: readonly Candidate[],
  conditions: readonly JoinCondition[],
): readonly (readonly Candidate[])[] {
  const groups: number[] = [];
  for (const leaf of leaves) {
    let bits = leaf.leaves;
    for (const edge of conditions)
      if (edge.isEdge && (edge.leaves & bits) !== 0) bits |= edge.leaves;
    for (let i = groups.length - 1; i >= 0; i--) {
      if (((groups[i] ?? 0) & bits) === 0) continue;
      bits |= groups[i] ?? 0;
      groups.splice(i, 1);
    }
    groups.push(bits);
  }
  return groups.map((bits) => leaves.filter((leaf) => (leaf.leaves & bits) !== 0));
}

class Search {
  readonly #conditions: readonly JoinCondition[];
  readonly #machine: Machine;
  readonly #sizes = new Map<number, { rows: number; bytes: number }>();

  constructor(conditions: readonly JoinCondition[], machine: Machine) {
    this.#conditions = conditions;
    this.#machine = machine;
  }

  /** Tries all trees without products: the best plan of a set is made of the best plans of two parts of it. */
  exhaustive(leaves: readonly Candidate[]): Candidate {
    const bySize: Candidate[][] = [[], [...leaves]];
    for (let size = 2; size <= leaves.length; size++) {
      const found = new Map<number, Candidate>();
      for (let small = 1; small * 2 <= size; small++)
        for (const a of bySize[small] ?? [])
          for (const b of bySize[size - small] ?? []) this.#consider(a, b, found);
      bySize[size] = [...found.values()];
    }
    return bySize[leaves.length]?.[0] ?? this.greedy(leaves);
  }

  /** Joins the pair that costs least until one plan is left. */
  greedy(leaves: readonly Candidate[]): Candidate {
    let open = [...leaves];
    while (open.length > 1) {
      let best: { a: Candidate; b: Candidate; joined: Candidate } | null = null;
      for (const a of open)
        for (const b of open) {
          if (a.leaves >= b.leaves || !this.#connects(a, b)) continue;
          const joined = this.join(a, b);
          if (best === null || joined.cost < best.joined.cost) best = { a, b, joined };
        }
      if (best === null) break;
      const { a, b, joined } = best;
      open = [...open.filter((c) => c !== a && c !== b), joined];
    }
    return open.reduce((a, b) => this.join(a, b));
  }

  join(a: Candidate, b: Candidate): Candidate {
    const [probe, build] =
      buildBytes(a.rows, a.bytes) >= buildBytes(b.rows, b.bytes) ? [a, b] : [b, a];
    const leaves = a.leaves | b.leaves;
    const plan = this.#joinPlan(probe, build);
    const size = this.#sizeOf(leaves, plan);
    const cost =
      a.cost +
      b.cost +
      this.#ownCost(probe, build) +
      (OUTPUT_COST * size.rows) / this.#machine.parallelism;
    return { leaves, plan, ...size, cost };
  }

  #ownCost(probe: Candidate, build: Candidate): number {
    const { broadcastThresholdBytes, parallelism } = this.#machine;
    const size = {
      buildRows: build.rows,
      probeRows: probe.rows,
      probePartitions: parallelism,
      parallelism,
    };
    const shuffled = shuffleCost(size);
    return build.bytes > broadcastThresholdBytes
      ? shuffled
      : Math.min(broadcastCost(size), shuffled);
  }

  #consider(a: Candidate, b: Candidate, found: Map<number, Candidate>): void {
    if ((a.leaves & b.leaves) !== 0 || !this.#connects(a, b)) return;
    const joined = this.join(a, b);
    const before = found.get(joined.leaves);
    if (!before || joined.cost < before.cost) found.set(joined.leaves, joined);
  }

  #connects(a: Candidate, b: Candidate): boolean {
    const both = a.leaves | b.leaves;
    return this.#conditions.some(
      ({ isEdge, leaves }) =>
        isEdge && (leaves & ~both) === 0 && (leaves & a.leaves) !== 0 && (leaves & b.leaves) !== 0,
    );
  }

  #joinPlan(probe: Candidate, build: Candidate): LogicalPlan {
    const both = probe.leaves | build.leaves;
    const within = (bits: number, leaves: number): boolean => (leaves & ~bits) === 0;
    const condition = allOf(
      this.#conditions
        .filter(
          ({ leaves }) =>
            within(both, leaves) && !within(probe.leaves, leaves) && !within(build.leaves, leaves),
        )
        .map(({ expression }) => expression),
    );
    return Object.freeze({
      kind: "join",
      type: condition === null ? "cross" : "inner",
      condition,
      using: null,
      left: probe.plan,
      right: build.plan,
      hint: null,
    });
  }

  /** A set of leaves has one size, however it was joined. */
  #sizeOf(leaves: number, plan: LogicalPlan): { rows: number; bytes: number } {
    const known = this.#sizes.get(leaves);
    if (known) return known;
    const size = { rows: estimatePlan(plan).rows, bytes: estimatePlanBytes(plan) };
    this.#sizes.set(leaves, size);
    return size;
  }
}
