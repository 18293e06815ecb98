import type { DataType } from "../../columnar/data-type.ts";
import type { RowGroupFacts } from "../../columnar/file-facts.ts";
import type { ScanExec } from "../../physical/physical-plan.ts";
import {
  boundsOfStatistics,
  hull,
  scaleOf,
  scaleUp,
  type ValueBounds,
} from "../code/value-bounds.ts";

/** What the footers say of the values of a scan's whole-number columns, by attribute id. */
export function scanBounds(scan: ScanExec): ReadonlyMap<number, ValueBounds> {
  const rowGroups = scan.splits.flatMap((split) =>
    split.files.flatMap((file) => file.rowGroups.map((rowGroup) => ({ file, rowGroup }))),
  );
  const types = new Map(
    rowGroups.map(({ file }) => [file, new Map(file.fields.map((f) => [f.name, f.type]))]),
  );
  const all = new Map<number, ValueBounds>();
  for (const { id, name, type } of scan.output) {
    const [first, ...rest] = rowGroups;
    if (!first) break;
    const whole = rest.reduce<ValueBounds | null>(
      (a, each) => {
        const b = a && columnBounds(each.rowGroup, name, types.get(each.file)?.get(name), type);
        return a && b ? hull(a, b) : null;
      },
      columnBounds(first.rowGroup, name, types.get(first.file)?.get(name), type),
    );
    if (whole) all.set(id, whole);
  }
  return all;
}

/** Statistics are of the file's own type, which may have fewer digits behind the point than the column's. */
function columnBounds(
  rowGroup: RowGroupFacts,
  name: string,
  own: DataType | undefined,
  type: DataType,
): ValueBounds | null {
  const facts = Object.hasOwn(rowGroup.columns, name) ? rowGroup.columns[name] : undefined;
  if (!own || !facts) return null;
  const up = scaleOf(type) - scaleOf(own);
  const bounds = up < 0 ? null : boundsOfStatistics(own, facts.min, facts.max);
  return bounds && up > 0 ? scaleUp(bounds, up) : bounds;
}
