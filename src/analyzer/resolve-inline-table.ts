import { commonType } from "../builtins/coercion.ts";
import type { Attribute, Expression } from "../plan/expression.ts";
import { nullableOf, typeOf } from "../plan/expression-type.ts";
import type { InlineTable } from "../plan/logical-plan.ts";
import { columnName } from "../plan/print-expression.ts";
import type { Analysis } from "./analysis.ts";
import { analysisError } from "./analysis-error.ts";
import { coerce } from "./coerce.ts";
import { constantOf } from "./constant-of.ts";
import { containsAggregate } from "./contains-aggregate.ts";
import { namesOf } from "./names.ts";
import { quotedName } from "./quoted-name.ts";
import { resolveExpression } from "./resolve-expression.ts";
import { type Resolved, resolvedPlan } from "./resolved.ts";

/** VALUES: constants are evaluated, and each column brought to the common type of its rows. */
export function resolveInlineTable(node: InlineTable, analysis: Analysis): Resolved {
  const nothing = resolvedPlan({ kind: "localRelation", output: [], rows: [[]] }, []);
  const names = namesOf(nothing, analysis);
  const rows = node.rows.map((row, i) => {
    if (row.length !== node.columns.length) throw wrongWidth(node, row.length, i);
    return row.map((cell) =>
      cell.kind === "literal" ? cell : constant(resolveExpression(cell, names), node),
    );
  });
  const output = node.columns.map((name, i) => columnOf(name, i, rows, node, analysis));
  const plan = Object.freeze({
    kind: "localRelation" as const,
    output: Object.freeze(output),
    rows: Object.freeze(
      rows.map((row) =>
        Object.freeze(
          row.map((expression, i) => {
            const type = output[i]?.type ?? typeOf(expression);
            return constantOf(coerce(expression, type, analysis), analysis).value;
          }),
        ),
      ),
    ),
  });
  return resolvedPlan(plan, []);
}

function columnOf(
  name: string,
  index: number,
  rows: readonly (readonly Expression[])[],
  node: InlineTable,
  analysis: Analysis,
): Attribute {
  const cells = rows.flatMap((row) => row[index] ?? []);
  const type = commonType(cells.map(typeOf), analysis.settings.ansi);
  if (type === null)
    throw analysisError(
      "INVALID_INLINE_TABLE.INCOMPATIBLE_TYPES_IN_INLINE_TABLE",
      "42000",
      `Invalid inline table. Found incompatible types in the column ${quotedName([name])} for inline table.`,
      node.position,
    );
  return Object.freeze({
    kind: "attribute",
    id: analysis.freshId(),
    name,
    type,
    nullable: cells.some(nullableOf),
    qualifier: [],
  });
}

function constant(expression: Expression, node: InlineTable): Expression {
  if (!containsAggregate(expression)) return expression;
  throw analysisError(
    "INVALID_INLINE_TABLE.CANNOT_EVALUATE_EXPRESSION_IN_INLINE_TABLE",
    "42000",
    `Invalid inline table. Cannot evaluate the expression "${columnName(expression)}" in inline table definition.`,
    node.position,
  );
}

function wrongWidth(node: InlineTable, width: number, row: number): Error {
  return analysisError(
    "INVALID_INLINE_TABLE.NUM_COLUMNS_MISMATCH",
    "42000",
    `Invalid inline table. Inline table expected ${node.columns.length} columns but found ${width} columns in row ${row}.`,
    node.position,
  );
}
