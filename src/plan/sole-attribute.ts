import type { Attribute, Expression } from "./expression.ts";
import { expressionChildren } from "./expression-tree.ts";
import { memoized } from "./memoized.ts";

/** The one column that an expression reads; null where it reads none, `"several"` where more. */
export const soleAttribute: (expression: Expression) => Attribute | "several" | null = memoized(
  (expression) => {
    if (expression.kind === "attribute") return expression;
    let sole: Attribute | null = null;
    for (const child of expressionChildren(expression)) {
      const found = soleAttribute(child);
      if (found === "several" || (found && sole && found.id !== sole.id)) return "several";
      sole ??= found;
    }
    return sole;
  },
);
