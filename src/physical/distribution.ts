import { assert, unreachable } from "../common/assert.ts";
import type { Expression } from "../plan/expression.ts";
import { sameExpression } from "../plan/expression-key.ts";
import { attributesIn } from "../plan/expression-tree.ts";
import { toAttribute } from "../plan/plan-output.ts";
import type { HashJoinExec, Partitioning, PhysicalPlan } from "./physical-plan.ts";

/** How a plan's rows lie over its partitions. */
export interface Distribution {
  readonly partitions: number;
  /** Each a list of keys by whose hash, in this order, the rows are partitioned. */
  readonly hashKeys: readonly (readonly Expression[])[];
}

/** Where the rows of a plan are, while exchanges still stand in it. */
export function distributionOf(plan: PhysicalPlan): Distribution {
  switch (plan.kind) {
    case "scan":
      return scattered(plan.splits.length);
    case "localTable":
      return scattered(1);
    case "range":
      return scattered(plan.partitions);
    case "project":
      return renamed(distributionOf(plan.child), plan.expressions);
    case "hashAggregate":
      return renamed(distributionOf(plan.child), plan.grouping);
    case "expand":
      return scattered(distributionOf(plan.child).partitions);
    case "filter":
    case "sort":
    case "topN":
    case "limit":
      return distributionOf(plan.child);
    case "hashJoin":
      return joined(plan);
    case "nestedLoopJoin":
      return distributionOf(plan.left);
    case "union":
      return scattered(plan.children.reduce((n, c) => n + distributionOf(c).partitions, 0));
    case "exchange":
      return exchanged(plan.partitioning);
    case "shuffleRead":
    case "broadcastRead":
      assert(false, "Stages have been cut already");
      return scattered(1);
    default:
      return unreachable(plan);
  }
}

/** How many partitions rows have after an exchange; a broadcast hands all of them to everyone. */
export function partitionsAfter(partitioning: Partitioning): number {
  return "partitions" in partitioning ? partitioning.partitions : 1;
}

/** True if rows that are equal in all of `keys` are in one partition already. */
export function isClusteredBy(plan: PhysicalPlan, keys: readonly Expression[]): boolean {
  const { partitions, hashKeys } = distributionOf(plan);
  if (partitions === 1) return true;
  return hashKeys.some(
    (hashed) =>
      hashed.length > 0 && hashed.every((h) => keys.some((key) => sameExpression(h, key))),
  );
}

/** True if an exchange by these keys into so many partitions would change nothing. */
export function isHashedBy(
  plan: PhysicalPlan,
  keys: readonly Expression[],
  partitions: number,
): boolean {
  const distribution = distributionOf(plan);
  if (distribution.partitions !== partitions) return false;
  return distribution.hashKeys.some(
    (hashed) =>
      hashed.length === keys.length &&
      hashed.every((h, i) => {
        const key = keys[i];
        return key !== undefined && sameExpression(h, key);
      }),
  );
}

const scattered = (partitions: number): Distribution => ({ partitions, hashKeys: [] });

function exchanged(partitioning: Partitioning): Distribution {
  const hashKeys = partitioning.kind === "hash" ? [partitioning.keys] : [];
  return { partitions: partitionsAfter(partitioning), hashKeys };
}

function joined(join: HashJoinExec): Distribution {
  if (join.distribution === "broadcast")
    return distributionOf(join.buildSide === "left" ? join.right : join.left);
  const { partitions, hashKeys } = distributionOf(join.left);
  const right = distributionOf(join.right).hashKeys;
  switch (join.type) {
    case "inner":
      return { partitions, hashKeys: [...hashKeys, ...right] };
    case "right":
      return { partitions, hashKeys: right };
    case "full":
      return scattered(partitions);
    default:
      return { partitions, hashKeys };
  }
}

function renamed(distribution: Distribution, expressions: readonly Expression[]): Distribution {
  const hashKeys = distribution.hashKeys.flatMap((keys) => {
    const kept = keys.map((key) => keyAfter(key, expressions));
    return kept.every((key) => key !== null) ? [kept] : [];
  });
  return { partitions: distribution.partitions, hashKeys };
}

function keyAfter(key: Expression, expressions: readonly Expression[]): Expression | null {
  const same = expressions.find((e) => sameExpression(e.kind === "alias" ? e.child : e, key));
  if (same) return toAttribute(same);
  const kept = new Set(expressions.flatMap((e) => (e.kind === "attribute" ? [e.id] : [])));
  return attributesIn(key).every((a) => kept.has(a.id)) ? key : null;
}
