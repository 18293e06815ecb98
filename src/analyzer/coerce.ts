import { canCast } from "../builtins/cast/cast.ts";
import { commonType } from "../builtins/coercion.ts";
import { type DataType, sameType } from "../columnar/data-type.ts";
import { sqlType } from "../columnar/sql-type.ts";
import { isNumeric } from "../columnar/type-class.ts";
import type { Case, Cast, Expression } from "../plan/expression.ts";
import { typeOf } from "../plan/expression-type.ts";
import { isNullLiteral, nullLiteral } from "../plan/literal.ts";
import type { Position } from "../plan/position.ts";
import { columnName } from "../plan/print-expression.ts";
import type { Analysis } from "./analysis.ts";
import { analysisError } from "./analysis-error.ts";

/** The expression as a value of `type`: itself, or under a cast that is not printed. */
export function coerce(
  expression: Expression,
  type: DataType,
  analysis: Analysis,
  mode: Cast["mode"] = analysis.settings.ansi ? "ansi" : "legacy",
): Expression {
  if (sameType(typeOf(expression), type)) return expression;
  if (isNullLiteral(expression)) return nullLiteral(type);
  return Object.freeze({
    kind: "cast",
    child: expression,
    type,
    mode,
    implicit: true,
  });
}

/** A cast that the user wrote, checked. Throws `DATATYPE_MISMATCH.CAST_…`. */
export function castOf(
  child: Expression,
  cast: Pick<Cast, "type" | "mode" | "implicit">,
  position: Position | null,
  analysis: Analysis,
): Cast {
  const { ansi } = analysis.settings;
  const mode = cast.mode === "unset" ? (ansi ? "ansi" : "legacy") : cast.mode;
  const resolved: Cast = Object.freeze({
    kind: "cast",
    child,
    type: cast.type,
    mode,
    ...(cast.implicit === undefined ? {} : { implicit: cast.implicit }),
  });
  if (!canCast(typeOf(child), cast.type, mode !== "legacy"))
    throw cannotCast(resolved, position, analysis);
  return resolved;
}

/** `CASE WHEN` with conditions checked and results brought to one type. */
export function caseOf(
  branches: Case["branches"],
  otherwise: Expression | null,
  analysis: Analysis,
): Case {
  const results = [...branches.map((b) => b.result), ...(otherwise ? [otherwise] : [])];
  const types = results.map(typeOf);
  const type = commonType(types, analysis.settings.ansi);
  const plain: Case = Object.freeze({ kind: "case", branches, otherwise });
  if (type === null) throw differentResults(plain, types);
  return Object.freeze({
    kind: "case",
    branches: Object.freeze(
      branches.map((branch, i) =>
        Object.freeze({
          when: caseCondition(plain, branch.when, i),
          result: coerce(branch.result, type, analysis),
        }),
      ),
    ),
    otherwise: otherwise && coerce(otherwise, type, analysis),
  });
}

/** A condition of WHERE, ON or FILTER; null where it is not a boolean, as a bare NULL is none. */
export function asCondition(condition: Expression): Expression | null {
  return typeOf(condition).kind === "boolean" ? condition : null;
}

function caseCondition(expression: Case, when: Expression, index: number): Expression {
  if (typeOf(when).kind === "boolean") return when;
  const place = ["first", "second", "third", "fourth", "fifth"][index] ?? `${index + 1}th`;
  throw analysisError(
    "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
    "42K09",
    `Cannot resolve "${columnName(expression)}" due to data type mismatch: The ${place} parameter requires the "BOOLEAN" type, however "${columnName(when)}" has the type "${sqlType(typeOf(when))}".`,
  );
}

function differentResults(expression: Case, types: readonly DataType[]): Error {
  const list = types.map((type) => `"${sqlType(type)}"`).join(", ");
  return analysisError(
    "DATATYPE_MISMATCH.DATA_DIFF_TYPES",
    "42K09",
    `Cannot resolve "${columnName(expression)}" due to data type mismatch: Input to \`casewhen\` should all be the same type, but it's [${list}].`,
  );
}

function cannotCast(cast: Cast, position: Position | null, analysis: Analysis): Error {
  const from = sqlType(typeOf(cast.child));
  const to = sqlType(cast.type);
  const start = `Cannot resolve "${columnName(cast)}" due to data type mismatch: cannot cast "${from}" to "${to}"`;
  const instead = cast.mode === "legacy" ? null : functionInstead(typeOf(cast.child), cast.type);
  if (instead !== null)
    return analysisError(
      "DATATYPE_MISMATCH.CAST_WITH_FUNC_SUGGESTION",
      "42K09",
      `${start}.\nTo convert values from "${from}" to "${to}", you can use the functions \`${instead}\` instead.`,
      position,
    );
  const withoutAnsi = cast.mode === "ansi" && canCast(typeOf(cast.child), cast.type, false);
  if (withoutAnsi && analysis.settings.ansi)
    return analysisError(
      "DATATYPE_MISMATCH.CAST_WITH_CONF_SUGGESTION",
      "42K09",
      `${start} with ANSI mode on.\nIf you have to cast "${from}" to "${to}", you can set "spark.sql.ansi.enabled" as 'false'.`,
      position,
    );
  return analysisError("DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION", "42K09", `${start}.`, position);
}

/** The function that does what a cast between the types is taken for; null where there is none. */
function functionInstead(from: DataType, to: DataType): string | null {
  if (isNumeric(from) && to.kind === "date") return "DATE_FROM_UNIX_DATE";
  return from.kind === "date" && isNumeric(to) ? "UNIX_DATE" : null;
}
