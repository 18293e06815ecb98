import { estimateBytes, estimatePlan } from "../plan/estimate/plan-estimate.ts";
import type { Relation } from "../plan/logical-plan.ts";
import type { ScanExec } from "./physical-plan.ts";
import { planSplits } from "./plan-splits.ts";
import type { Planning } from "./planning.ts";
import { pruneRowGroups } from "./prune-row-groups.ts";

/** Chooses the row groups to read and slices them into tasks. */
export function planScan(relation: Relation, planning: Planning): ScanExec {
  const { files, prunedRowGroups } = pruneRowGroups(
    relation.files,
    relation.filters,
    planning.options.timeZone,
  );
  const columns = relation.output.map((attribute) => attribute.name);
  const { rows, columns: estimates } = estimatePlan(relation);
  return Object.freeze({
    kind: "scan",
    name: relation.name,
    partitionColumns: relation.partitionColumns,
    filters: relation.filters,
    splits: planSplits(files, columns, planning.options),
    prunedRowGroups,
    output: relation.output,
    estimatedRows: rows,
    estimatedBytes: estimateBytes(relation.output, rows, estimates),
  });
}
