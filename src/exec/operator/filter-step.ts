import type { Expression } from "../../plan/expression.ts";
import type { Step } from "../pipeline/row-context.ts";

/** Passes rows for which the condition is true. */
export function filterStep(condition: Expression): Step {
  return {
    emit(row, next) {
      row.scope.pushCondition(condition);
      row.emitter.code.if(() => next(row));
    },
  };
}
