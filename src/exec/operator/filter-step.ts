import { BOOLEAN } from "../../columnar/data-type.ts";
import type { Expression } from "../../plan/expression.ts";
import { nullableOf } from "../../plan/expression-type.ts";
import { soleAttribute } from "../../plan/sole-attribute.ts";
import type { RowContext, Step } from "../pipeline/row-context.ts";

/**
 * Passes rows for which all conditions are true, tried in their order. Where `counter` is given it names the counter
 * of the rows that have passed a condition and those before it.
 *
 * Neighbours on one dictionary column are one look-up, and so one count. Two look-ups that follow each other share a
 * branch: one that is guessed wrongly costs more than a look-up too many.
 */
export function filterStep(
  conditions: readonly Expression[],
  counter?: (condition: number) => number,
): Step {
  const emitFrom = (row: RowContext, at: number, next: (row: RowContext) => void): void => {
    const { code } = row.emitter;
    const first = unitFrom(row, at);
    if (!first) {
      next(row);
      return;
    }
    const second = first.isLookedUp ? unitFrom(row, first.end) : null;
    row.scope.pushCondition(first.condition);
    if (!second?.isLookedUp) {
      code.if(() => {
        for (let i = at; counter && i < first.end; i++) row.counters.count(counter(i));
        emitFrom(row, first.end, next);
      });
      return;
    }
    const passes = code.local("i32");
    code.set(passes);
    for (let i = at; counter && i < first.end; i++) row.counters.add(counter(i), passes);
    row.scope.pushCondition(second.condition);
    code.get(passes).op("i32.and");
    code.if(() => {
      for (let i = first.end; counter && i < second.end; i++) row.counters.count(counter(i));
      emitFrom(row, second.end, next);
    });
  };
  const unitFrom = (row: RowContext, at: number): Unit | null => {
    const [first] = conditions.slice(at, at + 1);
    if (!first) return null;
    if (!row.scope.canLookUp(first)) return { condition: first, end: at + 1, isLookedUp: false };
    const end = endOfColumn(conditions, at);
    const together = conditions.slice(at, end).reduce(and);
    if (row.scope.lookUp(together)) return { condition: together, end, isLookedUp: true };
    return { condition: first, end: at + 1, isLookedUp: false };
  };
  return { emit: (row, next) => emitFrom(row, 0, next) };
}

/** Conditions that are tried at once: those before `end`. */
interface Unit {
  readonly condition: Expression;
  readonly end: number;
  readonly isLookedUp: boolean;
}

/** Behind the last of the conditions from `at` on that use the same one attribute. */
function endOfColumn(conditions: readonly Expression[], at: number): number {
  const columnOf = (condition: Expression | undefined): number | null => {
    const attribute = condition ? soleAttribute(condition) : null;
    return attribute === "several" ? null : (attribute?.id ?? null);
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
