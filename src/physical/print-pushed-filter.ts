import { columnComparison } from "../plan/column-comparison.ts";
import type { Call, Expression, Literal } from "../plan/expression.ts";
import { printLiteral } from "../plan/print-literal.ts";

const NAMES = {
  "=": "EqualTo",
  "<=>": "EqualNullSafe",
  "<": "LessThan",
  "<=": "LessThanOrEqual",
  ">": "GreaterThan",
  ">=": "GreaterThanOrEqual",
} as const;

/**
 * A condition as Spark names the filters that it hands to a file's reader: `GreaterThan(k,5)`; null where statistics
 * cannot decide it.
 */
export function printPushedFilter(condition: Expression, timeZone: string): string | null {
  if (condition.kind !== "call") return null;
  const comparison = columnComparison(condition);
  if (comparison) {
    const { column, operator, literal } = comparison;
    return `${NAMES[operator]}(${column.name},${printLiteral(literal, timeZone)})`;
  }
  const [first, second] = condition.args;
  switch (condition.name) {
    case "and":
    case "or":
    case "not":
      return nested(condition, timeZone);
    case "isnull":
    case "isnotnull":
      if (first?.kind !== "attribute") return null;
      return `${condition.name === "isnull" ? "IsNull" : "IsNotNull"}(${first.name})`;
    case "in":
      return inList(condition, timeZone);
    case "startswith":
      if (first?.kind !== "attribute" || second?.kind !== "literal") return null;
      return `StringStartsWith(${first.name},${printLiteral(second, timeZone)})`;
    default:
      return null;
  }
}

function nested(call: Call, timeZone: string): string | null {
  const parts = call.args.map((arg) => printPushedFilter(arg, timeZone));
  const name = call.name.replace(/^./, (letter) => letter.toUpperCase());
  return parts.every((part) => part !== null) ? `${name}(${parts.join(",")})` : null;
}

function inList(call: Call, timeZone: string): string | null {
  const [column, ...list] = call.args;
  const literals = list.filter((item): item is Literal => item.kind === "literal");
  if (column?.kind !== "attribute" || literals.length < list.length) return null;
  return `In(${column.name}, [${literals.map((item) => printLiteral(item, timeZone)).join(",")}])`;
}
