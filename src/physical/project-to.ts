import { estimateBytes } from "../plan/estimate/plan-estimate.ts";
import type { Expression } from "../plan/expression.ts";
import { toAttribute } from "../plan/plan-output.ts";
import type { PhysicalPlan } from "./physical-plan.ts";

/** The child with these columns; the child itself where it has just them in this order. */
export function projectTo(expressions: readonly Expression[], child: PhysicalPlan): PhysicalPlan {
  const isSame =
    expressions.length === child.output.length &&
    expressions.every((e, i) => e.kind === "attribute" && e.id === child.output[i]?.id);
  if (isSame) return child;
  const output = expressions.map(toAttribute);
  const rows = child.estimatedRows;
  return Object.freeze({
    kind: "project",
    expressions,
    child,
    output,
    estimatedRows: rows,
    estimatedBytes: rows === null ? null : estimateBytes(output, rows, new Map()),
  });
}
