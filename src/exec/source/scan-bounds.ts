import type { ScanExec } from "../../physical/physical-plan.ts";
import { boundsOfStatistics, hull, type ValueBounds } from "../code/value-bounds.ts";

/** What the footers say of the values of a scan's whole-number columns, by attribute id. */
export function scanBounds(scan: ScanExec): ReadonlyMap<number, ValueBounds> {
  const rowGroups = scan.splits.flatMap((split) => split.files.flatMap((file) => file.rowGroups));
  const all = new Map<number, ValueBounds>();
  for (const { id, name, type } of scan.output) {
    const each = rowGroups.map((rowGroup) => {
      const facts = rowGroup.columns[name];
      return facts ? boundsOfStatistics(type, facts.min, facts.max) : null;
    });
    const [first] = each;
    if (!first) continue;
    const whole = each.reduce((a, b) => (a && b ? hull(a, b) : null));
    if (whole) all.set(id, whole);
  }
  return all;
}
