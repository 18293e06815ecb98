import type { LogicalPlan } from "../plan/logical-plan.ts";
import { frameNumber } from "../query/frame-marks.ts";
import { nameParts } from "../query/name-parts.ts";
import { Column } from "./column.ts";

/** A column bound to the DataFrame of a plan, wherever that plan ends up inside another. */
export function frameColumn(plan: LogicalPlan, name: string): Column {
  return new Column(
    Object.freeze({
      kind: "unresolvedAttribute",
      nameParts: Object.freeze(nameParts(name)),
      dataFrame: frameNumber(plan),
      position: null,
    }),
  );
}
