import { inspect } from "node:util";
import { type DataType, STRING } from "../columnar/data-type.ts";
import { isDataType } from "../columnar/is-data-type.ts";
import { AnalysisError } from "../common/errors.ts";
import { expectArgument, expectString } from "../common/expect-argument.ts";
import type { Expression, SortOrder } from "../plan/expression.ts";
import { literal } from "../plan/literal.ts";
import { parseDataType } from "../sql/parse.ts";
import { columnText, orderText } from "./column-text.ts";
import { type LiteralValue, literalOf } from "./literal-of.ts";
import { noteCondition, useCondition } from "./loose-conditions.ts";
import { refuseUnsupported } from "./spark-api/refuse-unsupported.ts";
import { unresolvedCall } from "./unresolved.ts";

/** What the methods of a column take: a column, or a constant. A string is a constant here, never a name. */
export type Operand = Column | LiteralValue;

/**
 * An expression over the columns of a DataFrame; immutable. Made by `col`, `lit`, `expr` and the functions.
 *
 * JavaScript's own operators make no conditions of columns: `a > 1`, `a == b` and `a + b` throw, but `a && b` is `b`,
 * `a || b` is `a`, and `!a` is false before anybody can object. Write `a.and(b)`, `a.or(b)`, `a.not()`.
 */
export class Column {
  private readonly tree: Expression;

  constructor(expression: Expression) {
    this.tree = expression;
  }

  /** Asking for it counts as a use of the column. */
  get expression(): Expression {
    useCondition(this);
    return this.tree;
  }

  plus(other: Operand): Column {
    return this.binary("+", other);
  }
  minus(other: Operand): Column {
    return this.binary("-", other);
  }
  multiply(other: Operand): Column {
    return this.binary("*", other);
  }
  divide(other: Operand): Column {
    return this.binary("/", other);
  }
  mod(other: Operand): Column {
    return this.binary("%", other);
  }
  negate(): Column {
    return this.call("unary -");
  }

  equalTo(other: Operand): Column {
    return this.condition("=", [other], this.equalTo);
  }
  notEqual(other: Operand): Column {
    const equal = new Column(this.comparison("=", [other]));
    return equal.condition("not", [], this.notEqual);
  }
  /** Equal, where null equals null and nothing else. */
  eqNullSafe(other: Operand): Column {
    return this.condition("<=>", [other], this.eqNullSafe);
  }
  gt(other: Operand): Column {
    return this.condition(">", [other], this.gt);
  }
  geq(other: Operand): Column {
    return this.condition(">=", [other], this.geq);
  }
  lt(other: Operand): Column {
    return this.condition("<", [other], this.lt);
  }
  leq(other: Operand): Column {
    return this.condition("<=", [other], this.leq);
  }
  /** Between two bounds, both included. */
  between(lower: Operand, upper: Operand): Column {
    const from = new Column(this.comparison(">=", [lower]));
    const to = new Column(this.comparison("<=", [upper]));
    return from.condition("and", [to], this.between);
  }
  /** One of several values, given one by one or as an array. */
  isin(...values: readonly Operand[] | readonly [readonly Operand[]]): Column {
    const [first] = values;
    const list = values.length === 1 && Array.isArray(first) ? first : values;
    return this.condition("in", list as readonly Operand[], this.isin);
  }

  and(other: Column | boolean): Column {
    return this.condition("and", [other], this.and);
  }
  or(other: Column | boolean): Column {
    return this.condition("or", [other], this.or);
  }
  not(): Column {
    return this.condition("not", [], this.not);
  }

  isNull(): Column {
    return this.condition("isnull", [], this.isNull);
  }
  isNotNull(): Column {
    return this.condition("isnotnull", [], this.isNotNull);
  }
  isNaN(): Column {
    return this.condition("isnan", [], this.isNaN);
  }

  /** SQL's LIKE: `%` any characters, `_` one, `\` takes their meaning away. */
  like(pattern: Column | string): Column {
    return this.condition("like", [pattern], this.like);
  }
  ilike(pattern: Column | string): Column {
    return this.condition("ilike", [pattern], this.ilike);
  }
  /** True if a Java regular expression is found anywhere in the text. */
  rlike(pattern: Column | string): Column {
    return this.condition("rlike", [pattern], this.rlike);
  }
  startsWith(prefix: Column | string): Column {
    return this.condition("startswith", [prefix], this.startsWith);
  }
  endsWith(suffix: Column | string): Column {
    return this.condition("endswith", [suffix], this.endsWith);
  }
  contains(part: Column | string): Column {
    return this.condition("contains", [part], this.contains);
  }
  /** `length` characters from position `start`, counted from 1. */
  substr(start: Column | number, length: Column | number): Column {
    return this.call("substr", start, length);
  }

  bitwiseAND(other: Operand): Column {
    return this.binary("&", other);
  }
  bitwiseOR(other: Operand): Column {
    return this.binary("|", other);
  }
  bitwiseXOR(other: Operand): Column {
    return this.binary("^", other);
  }

  /** The value at a position from 0 of an array, or at a key of a map. */
  getItem(key: Operand): Column {
    return this.binary("getitem", key);
  }
  /** A field of a struct. */
  getField(name: string): Column {
    return new Column(
      unresolvedCall("getfield", [this.expression, literal(STRING, expectString(name, "name"))]),
    );
  }

  /** To a type, by Spark's name (`"decimal(10,2)"`) or as data. Under ANSI a value that does not fit is an error. */
  cast(type: string | DataType): Column {
    return this.castTo(type, "unset");
  }
  /** As `cast`, but null for a value that does not fit. */
  tryCast(type: string | DataType): Column {
    return this.castTo(type, "try");
  }

  as(name: string): Column {
    expectString(name, "name");
    return new Column(Object.freeze({ kind: "alias", id: 0, name, child: this.expression }));
  }
  alias(name: string): Column {
    return this.as(name);
  }
  name(name: string): Column {
    return this.as(name);
  }

  /** Ascending, nulls first. */
  asc(): SortColumn {
    return this.ordered(true, true);
  }
  asc_nulls_first(): SortColumn {
    return this.ordered(true, true);
  }
  asc_nulls_last(): SortColumn {
    return this.ordered(true, false);
  }
  /** Descending, nulls last. */
  desc(): SortColumn {
    return this.ordered(false, false);
  }
  desc_nulls_first(): SortColumn {
    return this.ordered(false, true);
  }
  desc_nulls_last(): SortColumn {
    return this.ordered(false, false);
  }

  /** For the operators of JavaScript that ask for a value: a column has none. */
  [Symbol.toPrimitive](hint: string): string {
    if (hint === "string") return this.toString();
    throw new AnalysisError({
      condition: "CANNOT_CONVERT_COLUMN_INTO_VALUE",
      message: `Cannot use an operator of JavaScript on the column ${this.toString()}: use .equalTo, .notEqual, .gt, .lt, .plus, .minus and so on, and .and, .or and .not in place of &&, || and !.`,
      sqlState: "42K09",
    });
  }

  /** As SQL: `(a > 1)`. */
  toString(): string {
    return columnText(this.tree);
  }

  [inspect.custom](): string {
    return `Column<'${this.toString()}'>`;
  }

  private binary(name: string, other: Operand): Column {
    return new Column(this.comparison(name, [other]));
  }

  private call(name: string, ...others: readonly Operand[]): Column {
    return new Column(this.comparison(name, others));
  }

  private comparison(name: string, others: readonly Operand[]): Expression {
    return unresolvedCall(name, [this.expression, ...others.map((other) => expressionOf(other))]);
  }

  /** `method` is the public one that was called: where that was says what the condition is part of. */
  private condition(
    name: string,
    others: readonly Operand[],
    method: (...args: never) => Column,
  ): Column {
    const column = new Column(this.comparison(name, others));
    noteCondition(column, method);
    return column;
  }

  private castTo(type: string | DataType, mode: "unset" | "try"): Column {
    const to = typeof type === "string" ? parseDataType(type) : type;
    expectArgument(isDataType(to), "type", 'a type or the name of one, such as "int"', to);
    return new Column(
      Object.freeze({ kind: "cast", child: this.expression, type: to, mode, implicit: false }),
    );
  }

  private ordered(ascending: boolean, nullsFirst: boolean): SortColumn {
    return new SortColumn(Object.freeze({ expression: this.expression, ascending, nullsFirst }));
  }
}

/** A column with a direction: what `orderBy` takes, and nothing else does. */
export class SortColumn {
  readonly order: SortOrder;

  constructor(order: SortOrder) {
    this.order = order;
  }

  /** As SQL: `a DESC NULLS LAST`. */
  toString(): string {
    return orderText(this.order);
  }

  [inspect.custom](): string {
    return `SortColumn<'${this.toString()}'>`;
  }
}

/** `CASE WHEN`: add branches with `when`, end with `otherwise`. Without it, what no branch takes is null. */
export class CaseColumn extends Column {
  private readonly branches: readonly (readonly [Column, Operand])[];

  constructor(branches: readonly (readonly [Column, Operand])[]) {
    super(caseOf(branches, null));
    this.branches = branches;
  }

  when(condition: Column, result: Operand): CaseColumn {
    return new CaseColumn([...this.branches, [condition, result]]);
  }

  otherwise(result: Operand): Column {
    return new Column(caseOf(this.branches, expressionOf(result, "result")));
  }
}

/** The expression of a column, or of a constant. */
export function expressionOf(operand: Operand, argument = "other"): Expression {
  if (operand instanceof Column) return operand.expression;
  if ((operand as unknown) instanceof SortColumn || operand === undefined)
    throw new AnalysisError({
      condition: "INVALID_COLUMN_OPERAND",
      message: `An operand must be a column or a constant, not ${operand === undefined ? "undefined" : "a sort order"}`,
      sqlState: "42K09",
    });
  return literalOf(operand, argument);
}

/** The expression of what should be a Column and nothing else. */
export function columnExpression(column: Column, argument = "column"): Expression {
  expectArgument(column instanceof Column, argument, "a Column", column);
  return column.expression;
}

function caseOf(
  branches: readonly (readonly [Column, Operand])[],
  otherwise: Expression | null,
): Expression {
  return Object.freeze({
    kind: "case",
    branches: Object.freeze(
      branches.map(([condition, result]) =>
        Object.freeze({
          when: columnExpression(condition, "condition"),
          result: expressionOf(result, "result"),
        }),
      ),
    ),
    otherwise,
  });
}

refuseUnsupported(Column.prototype, "Column");
