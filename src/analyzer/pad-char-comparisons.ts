import type { Call, Expression } from "../plan/expression.ts";
import { attributesIn, transformExpression } from "../plan/expression-tree.ts";
import { typeOf } from "../plan/expression-type.ts";
import { intLiteral, isNullLiteral, stringLiteral } from "../plan/literal.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { mapPlanExpressions, transformPlan } from "../plan/plan-tree.ts";
import type { Analysis } from "./analysis.ts";
import { callBuiltin } from "./resolve-call.ts";

const COMPARISONS = new Set(["=", "<=>", "<", "<=", ">", ">=", "in"]);

/**
 * The plan with spaces behind what is compared with CHAR columns, also by `in`, up to the longest: behind constants
 * beside a column, and behind a column beside one of another length. As Spark's `ApplyCharTypePadding`.
 */
export function padCharComparisons(plan: LogicalPlan, analysis: Analysis): LogicalPlan {
  return transformPlan(plan, (node) =>
    mapPlanExpressions(node, (expression) =>
      transformExpression(expression, (e) =>
        e.kind === "call" && COMPARISONS.has(e.name) ? padded(e, analysis) : e,
      ),
    ),
  );
}

function padded(call: Call, analysis: Analysis): Expression {
  const { name, args } = call;
  if (!args.some((arg) => charLength(arg) !== null)) return call;
  if (name === "in" && (charLength(args[0]) === null || !args.slice(1).every(isText))) return call;
  const operands = args.map((arg) => operandOf(arg, analysis));
  if (operands.some((operand) => operand === null)) return call;
  const longest = Math.max(...operands.map((operand) => operand?.length ?? 0));
  return Object.freeze({
    ...call,
    args: Object.freeze(args.map((arg, i) => filledTo(longest, arg, operands[i], analysis))),
  });
}

/** An item of `in` that Spark sees as a constant text: a bare NULL or a value of another type is none. */
function isText(item: Expression): boolean {
  if (item.kind === "cast" && item.implicit === true) return false;
  return !isNullLiteral(item) && attributesIn(item).length === 0;
}

function filledTo(
  length: number,
  arg: Expression,
  operand: Operand | null | undefined,
  analysis: Analysis,
): Expression {
  if (!operand || operand.length === null) return arg;
  const isStored = operand.text === null && !analysis.settings.padsCharColumns;
  if (operand.length === length && !isStored) return arg;
  if (operand.text !== null) return stringLiteral(filled(operand.text, length));
  return callBuiltin("rpad", [arg, intLiteral(length), stringLiteral(" ")], analysis);
}

interface Operand {
  /** Null for a null. */
  readonly length: number | null;
  /** Of a constant. */
  readonly text: string | null;
}

/** Null where Spark pads nothing: neither a CHAR column nor a constant text. */
function operandOf(expression: Expression, analysis: Analysis): Operand | null {
  const declared = charLength(expression);
  if (declared !== null) return { length: declared, text: null };
  if (attributesIn(expression).length > 0) return null;
  if (expression.kind === "literal" && expression.value === null)
    return { length: null, text: null };
  if (typeOf(expression).kind !== "string") return null;
  const { value } =
    expression.kind === "literal" ? expression : analysis.settings.evaluateConstant(expression);
  if (value === null) return { length: null, text: null };
  const text = String(value);
  return { length: [...text].length, text };
}

function charLength(expression: Expression | undefined): number | null {
  return expression?.kind === "attribute" ? (expression.charLength ?? null) : null;
}

const filled = (text: string, length: number): string =>
  text + " ".repeat(Math.max(0, length - [...text].length));
