import type { EquiKey } from "../equi-keys.ts";
import { splitEquiKeys } from "../equi-keys.ts";
import type { Join } from "../logical-plan.ts";
import { planOutput } from "../plan-output.ts";
import type { ColumnEstimate } from "./column-estimate.ts";
import { expressionColumn } from "./expression-column.ts";
import type { PlanEstimate } from "./plan-estimate.ts";
import { type ColumnEstimates, selectivity } from "./selectivity.ts";

const NEARLY_UNIQUE = 0.8;

/** Rows and columns that a join is expected to put out. */
export function estimateJoin(join: Join, left: PlanEstimate, right: PlanEstimate): PlanEstimate {
  const { keys, residual } = splitEquiKeys(
    join.condition,
    planOutput(join.left),
    planOutput(join.right),
  );
  const columns = new Map([...left.columns, ...right.columns]);
  const kept = residual ? selectivity(residual, columns) : 1;
  const inner = Math.max(1, (left.rows * right.rows * kept) / keyDomain(keys, left, right));
  const rows = joinRows(
    join.type,
    inner,
    left.rows,
    right.rows,
    matchedFraction(keys, left, right),
  );
  if (join.type === "inner" || join.type === "semi") narrowKeys(keys, columns);
  return { rows, columns: capDistinct(columns, rows) };
}

/** Equal columns have the values that both sides had. */
function narrowKeys(keys: readonly EquiKey[], columns: Map<number, ColumnEstimate>): void {
  for (const { left, right } of keys) {
    const l = left.kind === "attribute" ? columns.get(left.id) : undefined;
    const r = right.kind === "attribute" ? columns.get(right.id) : undefined;
    if (left.kind !== "attribute" || right.kind !== "attribute" || !l || !r) continue;
    const distinct = Math.min(l.distinct, r.distinct);
    columns.set(left.id, { ...l, distinct });
    columns.set(right.id, { ...r, distinct });
  }
}

function joinRows(
  type: Join["type"],
  inner: number,
  left: number,
  right: number,
  matched: number,
): number {
  switch (type) {
    case "inner":
    case "cross":
      return inner;
    case "left":
      return Math.max(inner, left);
    case "right":
      return Math.max(inner, right);
    case "full":
      return Math.max(inner, left + right);
    case "semi":
      return Math.max(1, left * matched);
    case "anti":
      return Math.max(1, left * (1 - matched));
  }
}

/**
 * How many combinations of key values the pairs of rows fall into. Several keys count as independent, unless neither
 * side is unique in any one of them: then they are unique together (partsupp's two), and there are no more
 * combinations than rows of the unfiltered side.
 */
function keyDomain(keys: readonly EquiKey[], left: PlanEstimate, right: PlanEstimate): number {
  if (keys.length === 0) return 1;
  const pairs = keys.map((key) => keyColumns(key, left, right));
  const product = pairs.reduce((domain, [l, r]) => domain * commonDomain(l, r), 1);
  const hasSingleKey = pairs.some(
    ([l, r]) => l.distinct >= NEARLY_UNIQUE * left.rows || r.distinct >= NEARLY_UNIQUE * right.rows,
  );
  if (keys.length === 1 || hasSingleKey) return product;
  const lefts = pairs.map(([l]) => l);
  const rights = pairs.map(([, r]) => r);
  const together = Math.min(unfilteredRows(left.rows, lefts), unfilteredRows(right.rows, rights));
  return Math.max(1, Math.min(product, together));
}

/** How many rows a side had before filters left out values of its keys. */
function unfilteredRows(rows: number, keys: readonly ColumnEstimate[]): number {
  const left = keys.map(({ distinct, domain }) => (domain > distinct ? distinct / domain : 1));
  return rows / Math.min(1, ...left);
}

/** Filters that both sides have on their keys leave the same values of both. */
function commonDomain(left: ColumnEstimate, right: ColumnEstimate): number {
  const domain = Math.min(left.domain, right.domain);
  if (!Number.isFinite(domain)) return Math.max(left.distinct, right.distinct);
  return Math.max(1, domain * Math.max(left.kept, right.kept));
}

function matchedFraction(
  keys: readonly EquiKey[],
  left: PlanEstimate,
  right: PlanEstimate,
): number {
  return keys.reduce(
    (fraction, key) => {
      const [l, r] = keyColumns(key, left, right);
      return fraction * Math.min(1, r.distinct / commonDomain(l, r));
    },
    keys.length === 0 ? 0.5 : 1,
  );
}

function keyColumns(
  key: EquiKey,
  left: PlanEstimate,
  right: PlanEstimate,
): readonly [ColumnEstimate, ColumnEstimate] {
  return [
    expressionColumn(key.left, left.rows, left.columns),
    expressionColumn(key.right, right.rows, right.columns),
  ];
}

function capDistinct(columns: ColumnEstimates, rows: number): ColumnEstimates {
  const capped = new Map<number, ColumnEstimate>();
  for (const [id, column] of columns)
    capped.set(id, column.distinct <= rows ? column : { ...column, distinct: Math.max(1, rows) });
  return capped;
}
