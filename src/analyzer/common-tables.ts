import type { LogicalPlan, With } from "../plan/logical-plan.ts";
import type { Position } from "../plan/position.ts";
import { analysisError, notSupported } from "./analysis-error.ts";
import { collectReferences } from "./collect-references.ts";
import { quotedName, sameName } from "./quoted-name.ts";

/** A relation of a WITH clause, and the ones that its query may name. */
export interface CommonTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly plan: LogicalPlan;
  readonly scope: CommonTables;
  readonly position: Position | null;
}

/** By name in lower case; an inner WITH hides the names of outer ones. */
export type CommonTables = ReadonlyMap<string, CommonTable>;

/** The scope outside of any WITH. */
export const NO_COMMON_TABLES: CommonTables = new Map();

/** What may be named under a WITH clause: each relation sees the ones before it. */
export function extendCommonTables(clause: With, outer: CommonTables): CommonTables {
  refuseDuplicates(clause);
  let scope = outer;
  for (const { name, columns, plan, position = null } of clause.relations) {
    if (clause.recursive) refuseRecursion(name, plan);
    const table: CommonTable = { name, columns, plan, scope, position };
    scope = new Map([...scope, [name.toLowerCase(), table]]);
  }
  return scope;
}

function refuseDuplicates(clause: With): void {
  const { relations } = clause;
  const duplicates = relations.filter(
    ({ name }, i) => relations.findIndex((other) => sameName(other.name, name)) !== i,
  );
  if (duplicates.length === 0) return;
  throw analysisError(
    "DUPLICATED_CTE_NAMES",
    "42602",
    `CTE definition can't have duplicate names: ${duplicates.map(({ name }) => quotedName([name])).join(", ")}.`,
    duplicates[0]?.position,
  );
}

function refuseRecursion(name: string, plan: LogicalPlan): void {
  const self = collectReferences(plan).tables.find(
    ({ nameParts }) => nameParts.length === 1 && sameName(nameParts[0] ?? "", name),
  );
  const position: Position | null = self?.position ?? null;
  if (self !== undefined) throw notSupported("a recursive common table expression", position);
}
