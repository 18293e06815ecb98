import type { DataType } from "../columnar/data-type.ts";
import { isFloating, isNumeric } from "../columnar/type-class.ts";
import { unreachable } from "../common/assert.ts";
import type { DropNulls, FillNulls, ReplaceValues } from "../plan/by-column-type.ts";
import type { Alias, Attribute, Expression, Literal } from "../plan/expression.ts";
import { FALSE, intLiteral, nullLiteral, TRUE } from "../plan/literal.ts";
import type { ByColumnType } from "../plan/logical-plan.ts";
import { toAttribute } from "../plan/plan-output.ts";
import { projectOf } from "../plan/project-of.ts";
import type { Analysis } from "./analysis.ts";
import { caseOf, castOf } from "./coerce.ts";
import { sameName } from "./quoted-name.ts";
import { callBuiltin } from "./resolve-call.ts";
import { overPlan, type Resolved, resolvedPlan } from "./resolved.ts";
import { summarize } from "./summarize.ts";
import { unresolvedColumn } from "./unresolved-column.ts";

/** `fillna`, `dropna`, `replace`, `describe`, as plans over columns whose types are known. */
export function resolveByColumnType(
  node: ByColumnType,
  child: Resolved,
  analysis: Analysis,
): Resolved {
  const { work } = node;
  switch (work.kind) {
    case "fillNulls":
      return changed(child, analysis, fillOf(work, child, analysis));
    case "replaceValues":
      return changed(child, analysis, replacementOf(work, child, analysis));
    case "dropNulls": {
      const condition = hasValues(work, child, analysis);
      return overPlan(child, Object.freeze({ kind: "filter", condition, child: child.plan }));
    }
    case "summarize": {
      const columns = columnsNamed(work.columns, child);
      return summarize(work.statistics, columns, child, analysis);
    }
    default:
      return unreachable(work);
  }
}

/** Null where a column stays as it is. */
type Change = (column: Attribute) => Expression | null;

function changed(child: Resolved, analysis: Analysis, change: Change): Resolved {
  const items = child.visible.map((column): Attribute | Alias => {
    const expression = change(column);
    return expression === null
      ? column
      : Object.freeze({
          kind: "alias",
          id: analysis.freshId(),
          name: column.name,
          child: expression,
        });
  });
  if (items.every((item, i) => item === child.visible[i])) return child;
  const visible = items.map(toAttribute);
  return resolvedPlan(projectOf(child.plan, items), [child], { visible, below: child });
}

function fillOf(work: FillNulls, child: Resolved, analysis: Analysis): Change {
  const { value, values } = work;
  if (value !== null) {
    const columns = new Set(columnsNamed(work.columns, child));
    return (column) =>
      columns.has(column) && sameClass(column.type, value.type)
        ? filled(column, value, analysis)
        : null;
  }
  const byId = new Map(
    values.flatMap((of) => columnsNamed([of.column], child).map(({ id }) => [id, of.value])),
  );
  return (column) => {
    const of = byId.get(column.id);
    return of === undefined ? null : filled(column, of, analysis);
  };
}

function filled(column: Attribute, value: Literal, analysis: Analysis): Expression {
  const { type } = column;
  const given = isFloating(type)
    ? callBuiltin("nanvl", [column, nullLiteral(type)], analysis)
    : column;
  return callBuiltin("coalesce", [given, asType(value, type, analysis)], analysis);
}

function replacementOf(work: ReplaceValues, child: Resolved, analysis: Analysis): Change {
  const columns = new Set(columnsNamed(work.columns, child));
  const [first] = work.pairs;
  return (column) => {
    if (first === undefined || !columns.has(column)) return null;
    if (!sameClass(column.type, first.from.type)) return null;
    const branches = work.pairs.map(({ from, to }) => ({
      when: callBuiltin("=", [column, from], analysis),
      result: to.value === null ? nullLiteral(column.type) : asType(to, column.type, analysis),
    }));
    return caseOf(branches, column, analysis);
  };
}

function hasValues(work: DropNulls, child: Resolved, analysis: Analysis): Expression {
  const columns = columnsNamed(work.columns, child);
  const present = columns.map((column) => isPresent(column, analysis));
  const least = work.minValues ?? present.length;
  const join = (name: "and" | "or", none: Expression): Expression =>
    present.reduce<Expression | null>(
      (all, one) => (all === null ? one : callBuiltin(name, [all, one], analysis)),
      null,
    ) ?? none;
  if (least <= 0) return TRUE;
  if (least === present.length) return join("and", TRUE);
  if (least === 1) return join("or", FALSE);
  const counts = present.map((one) =>
    caseOf([{ when: one, result: intLiteral(1) }], intLiteral(0), analysis),
  );
  const count = counts.reduce<Expression>(
    (sum, one) => callBuiltin("+", [sum, one], analysis),
    intLiteral(0),
  );
  return callBuiltin(">=", [count, intLiteral(least)], analysis);
}

function isPresent(column: Attribute, analysis: Analysis): Expression {
  const isThere = callBuiltin("isnotnull", [column], analysis);
  if (!isFloating(column.type)) return isThere;
  const isNumber = callBuiltin("not", [callBuiltin("isnan", [column], analysis)], analysis);
  return callBuiltin("and", [isThere, isNumber], analysis);
}

function asType(value: Literal, type: DataType, analysis: Analysis): Expression {
  return castOf(value, { type, mode: "unset", implicit: true }, null, analysis);
}

/** Numbers go with numbers, strings with strings, booleans with booleans. */
function sameClass(column: DataType, value: DataType): boolean {
  return isNumeric(value) ? isNumeric(column) : column.kind === value.kind;
}

/** All columns, or those of the names, each of which must be there. */
function columnsNamed(names: readonly string[] | null, child: Resolved): readonly Attribute[] {
  if (names === null) return child.visible;
  return names.flatMap((name) => {
    const found = child.visible.filter((column) => sameName(column.name, name));
    if (found.length > 0) return found;
    throw unresolvedColumn(
      { kind: "unresolvedAttribute", nameParts: [name], position: null },
      child.visible,
    );
  });
}
