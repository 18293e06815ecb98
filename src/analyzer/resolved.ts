import type { Attribute } from "../plan/expression.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { planOutput } from "../plan/plan-output.ts";
import { projectOf } from "../plan/project-of.ts";

/** An analyzed plan and what a node above it may refer to. */
export interface Resolved {
  readonly plan: LogicalPlan;
  /** The columns of `*`. The plan may put out more; `seal` drops them. */
  readonly visible: readonly Attribute[];
  /** Columns of the plan that only a qualified name finds: the other side's key of a USING join. */
  readonly qualifiedOnly: readonly Attribute[];
  /** The columns of DataFrames below, by number; several lists where one DataFrame is there twice. */
  readonly frames: ReadonlyMap<number, readonly (readonly Attribute[])[]>;
  /** The new ids of attributes that were resolved before this analysis. */
  readonly renamed: ReadonlyMap<number, readonly number[]>;
  /** What a project or aggregate at the top, or under filters and sorts at the top, is made of. */
  readonly below: Resolved | null;
}

/** A plan all of whose columns are visible. `from` are the children whose DataFrames can still be referred to. */
export function resolvedPlan(
  plan: LogicalPlan,
  from: readonly Resolved[],
  parts: Partial<Resolved> = {},
): Resolved {
  return {
    plan,
    visible: parts.visible ?? planOutput(plan),
    qualifiedOnly: parts.qualifiedOnly ?? [],
    frames: parts.frames ?? mergeLists(from.map((child) => child.frames)),
    renamed: parts.renamed ?? mergeLists(from.map((child) => child.renamed)),
    below: parts.below ?? null,
  };
}

/** The same columns over another plan: a filter, a sort, a limit. */
export function overPlan(resolved: Resolved, plan: LogicalPlan): Resolved {
  return { ...resolved, plan };
}

/** The plan with exactly the visible columns. */
export function seal(resolved: Resolved): LogicalPlan {
  const output = planOutput(resolved.plan);
  const isSealed =
    output.length === resolved.visible.length &&
    output.every((attribute, i) => attribute.id === resolved.visible[i]?.id);
  return isSealed ? resolved.plan : projectOf(resolved.plan, resolved.visible);
}

/** Adds what old ids became. */
export function withRenamed(
  resolved: Resolved,
  pairs: readonly (readonly [number, number])[],
): Resolved {
  const added = new Map(pairs.filter(([old]) => old !== 0).map(([old, id]) => [old, [id]]));
  return { ...resolved, renamed: mergeLists([resolved.renamed, added]) };
}

function mergeLists<T>(
  maps: readonly ReadonlyMap<number, readonly T[]>[],
): ReadonlyMap<number, readonly T[]> {
  const filled = maps.filter((map) => map.size > 0);
  const [only] = filled;
  if (filled.length <= 1) return only ?? new Map();
  const merged = new Map<number, readonly T[]>();
  for (const map of filled)
    for (const [key, list] of map) merged.set(key, [...(merged.get(key) ?? []), ...list]);
  return merged;
}
