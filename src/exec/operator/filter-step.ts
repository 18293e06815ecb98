import { BOOLEAN } from "../../columnar/data-type.ts";
import type { Expression } from "../../plan/expression.ts";
import { attributesIn } from "../../plan/expression-tree.ts";
import { nullableOf } from "../../plan/expression-type.ts";
import type { RowContext, Step } from "../pipeline/row-context.ts";

/**
 * Passes rows for which all conditions are true, tried in their order. Where `counter` is given it names the counter
 * of the rows that have passed a condition and those before it.
 *
 * Neighbours on one dictionary column are one look-up, and so one count.
 */
export function filterStep(
  conditions: readonly Expression[],
  counter?: (condition: number) => number,
): Step {
  const emitFrom = (row: RowContext, at: number, next: (row: RowContext) => void): void => {
    const first = conditions[at];
    if (!first) {
      next(row);
      return;
    }
    const end = endOfColumn(conditions, at);
    const together = conditions.slice(at, end).reduce(and);
    const isLookedUp = end > at + 1 && row.scope.lookUp(together);
    const passed = isLookedUp ? end : at + 1;
    row.scope.pushCondition(isLookedUp ? together : first);
    row.emitter.code.if(() => {
      for (let i = at; counter && i < passed; i++) row.counters.count(counter(i));
      emitFrom(row, passed, next);
    });
  };
  return { emit: (row, next) => emitFrom(row, 0, next) };
}

/** Behind the last of the conditions from `at` on that use the same one attribute. */
function endOfColumn(conditions: readonly Expression[], at: number): number {
  const columnOf = (condition: Expression | undefined): number | null => {
    const attributes = condition ? attributesIn(condition) : [];
    return attributes.length === 1 ? (attributes[0]?.id ?? null) : null;
  };
  const column = columnOf(conditions[at]);
  let end = at + 1;
  while (column !== null && columnOf(conditions[end]) === column) end++;
  return end;
}

function and(left: Expression, right: Expression): Expression {
  return {
    kind: "call",
    name: "and",
    args: [left, right],
    type: BOOLEAN,
    nullable: nullableOf(left) || nullableOf(right),
    ansi: true,
  };
}
