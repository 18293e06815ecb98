import { allOf, booleanCall } from "../plan/conjuncts.ts";
import { chooseJoin } from "../plan/estimate/choose-join.ts";
import { estimatePlan, estimatePlanBytes } from "../plan/estimate/plan-estimate.ts";
import type { Expression } from "../plan/expression.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import type { JoinGraph, Member } from "./join-graph.ts";
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
  const search = new Search(graph, machine);
  const leaves = graph.leaves.map((plan, i) => leafCandidate(plan, 1 << i));
  const parts = components(leaves, graph).map((component) =>
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
  { equalities, conditions }: JoinGraph,
): readonly (readonly Candidate[])[] {
  const edges = [
    ...equalities.map((members) => members.reduce((bits, { leaf }) => bits | leaf, 0)),
    ...conditions.flatMap((condition) => (condition.isEdge ? [condition.leaves] : [])),
  ];
  let groups: number[] = [];
  for (const bits of [...leaves.map((leaf) => leaf.leaves), ...edges]) {
    const touched = groups.filter((group) => (group & bits) !== 0);
    groups = [
      ...groups.filter((group) => (group & bits) === 0),
      touched.reduce((all, group) => all | group, bits),
    ];
  }
  return groups.map((bits) => leaves.filter((leaf) => (leaf.leaves & bits) !== 0));
}

const touches = (members: readonly Member[], { leaves }: Candidate): boolean =>
  members.some(({ leaf }) => (leaf & leaves) !== 0);

class Search {
  readonly #graph: JoinGraph;
  readonly #machine: Machine;
  readonly #sizes = new Map<number, { rows: number; bytes: number }>();

  constructor(graph: JoinGraph, machine: Machine) {
    this.#graph = graph;
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

  /** The probed side comes first, the built one second. */
  join(a: Candidate, b: Candidate): Candidate {
    const { broadcastThresholdBytes, parallelism } = this.#machine;
    const { buildSide, cost } = chooseJoin({
      left: { ...a, partitions: parallelism },
      right: { ...b, partitions: parallelism },
      broadcastable: ["left", "right"],
      broadcastThresholdBytes,
      parallelism,
      shufflePartitions: parallelism,
    });
    const [probe, build] = buildSide === "right" ? [a, b] : [b, a];
    const leaves = a.leaves | b.leaves;
    const plan = this.#joinPlan(probe, build);
    const size = this.#sizeOf(leaves, plan);
    const handedOn = (OUTPUT_COST * size.rows) / parallelism;
    return { leaves, plan, ...size, cost: a.cost + b.cost + cost + handedOn };
  }

  #consider(a: Candidate, b: Candidate, found: Map<number, Candidate>): void {
    if ((a.leaves & b.leaves) !== 0 || !this.#connects(a, b)) return;
    const joined = this.join(a, b);
    const before = found.get(joined.leaves);
    if (!before || joined.cost < before.cost) found.set(joined.leaves, joined);
  }

  #connects(a: Candidate, b: Candidate): boolean {
    const both = a.leaves | b.leaves;
    const { equalities, conditions } = this.#graph;
    return (
      equalities.some((members) => touches(members, a) && touches(members, b)) ||
      conditions.some(
        ({ isEdge, leaves }) =>
          isEdge &&
          (leaves & ~both) === 0 &&
          (leaves & a.leaves) !== 0 &&
          (leaves & b.leaves) !== 0,
      )
    );
  }

  #joinPlan(probe: Candidate, build: Candidate): LogicalPlan {
    const condition = allOf([...this.#keys(probe, build), ...this.#others(probe, build)]);
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

  /** One pair of each set of equal columns will do: those of one side are equal among each other already. */
  #keys(probe: Candidate, build: Candidate): readonly Expression[] {
    return this.#graph.equalities.flatMap((members) => {
      const left = members.find(({ leaf }) => (leaf & probe.leaves) !== 0);
      const right = members.find(({ leaf }) => (leaf & build.leaves) !== 0);
      return left && right ? [booleanCall("=", [left.column, right.column])] : [];
    });
  }

  #others(probe: Candidate, build: Candidate): readonly Expression[] {
    const both = probe.leaves | build.leaves;
    const within = (bits: number, leaves: number): boolean => (leaves & ~bits) === 0;
    return this.#graph.conditions
      .filter(
        ({ leaves }) =>
          within(both, leaves) && !within(probe.leaves, leaves) && !within(build.leaves, leaves),
      )
      .map(({ expression }) => expression);
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
