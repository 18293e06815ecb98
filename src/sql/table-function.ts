import type { Expression } from "../plan/expression.ts";
import type { Range } from "../plan/logical-plan.ts";
import type { Parser } from "./parser.ts";
import { analysisFault } from "./sql-error.ts";
import type { Token } from "./token.ts";

/** The call of a table function from its opening parenthesis on; `range` is the one there is. Its output comes with analysis. */
export function parseTableFunction(p: Parser, name: string, at: Token): Range {
  if (name.toLowerCase() !== "range") p.unsupported(`the table function ${name}`, at);
  p.expectSymbol("(");
  const args: bigint[] = [];
  if (!p.isSymbol(")")) {
    do args.push(integerArgument(p));
    while (p.acceptSymbol(","));
  }
  p.expectSymbol(")");
  const bounds = rangeBounds(args);
  if (bounds === null)
    throw analysisFault(p.source, at.position, {
      condition: "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
      sqlState: "42605",
      message: `The \`range\` requires 1 to 4 parameters but the actual number is ${args.length}.`,
    });
  if (bounds.step === 0n)
    throw analysisFault(p.source, at.position, {
      condition: "INVALID_PARAMETER_VALUE",
      sqlState: "22023",
      message: "The value of parameter `step` in `range` is invalid: it cannot be 0.",
    });
  return Object.freeze({
    kind: "range",
    output: Object.freeze([]),
    start: bounds.start.toString(),
    end: bounds.end.toString(),
    step: bounds.step.toString(),
  });
}

function rangeBounds(
  args: readonly bigint[],
): { readonly start: bigint; readonly end: bigint; readonly step: bigint } | null {
  const [first, second, step] = args;
  if (first === undefined || args.length > 4) return null;
  if (second === undefined) return { start: 0n, end: first, step: 1n };
  return { start: first, end: second, step: step ?? 1n };
}

function integerArgument(p: Parser): bigint {
  const at = p.token;
  const value = integerValue(p.grammar.expression(p));
  return value ?? p.unsupported("an argument of range that is not an integer literal", at);
}

function integerValue(expression: Expression): bigint | null {
  if (expression.kind === "cast") return integerValue(expression.child);
  if (expression.kind !== "literal") return null;
  const { type, value } = expression;
  const isInteger = ["byte", "short", "int", "long"].includes(type.kind);
  return isInteger && (typeof value === "number" || typeof value === "string")
    ? BigInt(value)
    : null;
}
