import type { Expression } from "../../plan/expression.ts";
import type { Step } from "../pipeline/row-context.ts";

/** Names expressions: they are computed where they are first used. */
export function projectStep(expressions: readonly Expression[]): Step {
  return {
    emit(row, next) {
      for (const expression of expressions)
        if (expression.kind === "alias") row.scope.bindExpression(expression.id, expression.child);
      next(row);
    },
  };
}

/** The same columns under other ids, by position. */
export function renameStep(
  from: readonly { readonly id: number }[],
  to: readonly { readonly id: number }[],
): Step {
  return {
    emit(row, next) {
      const { scope } = row;
      from.forEach((attribute, i) => {
        const renamed = to[i];
        if (renamed && renamed.id !== attribute.id)
          scope.bindLoader(renamed.id, () => scope.attribute(attribute.id));
      });
      next(row);
    },
  };
}
