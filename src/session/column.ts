import type { DataType } from "../columnar/data-type.ts";
import { STRING } from "../columnar/data-type.ts";
import { AnalysisError } from "../common/errors.ts";
import type { Expression, SortOrder } from "../plan/expression.ts";
import { literal } from "../plan/literal.ts";
import { parseDataType } from "../sql/parse.ts";
import { type LiteralValue, literalOf } from "./literal-of.ts";
import { unresolvedCall } from "./unresolved.ts";

/** What the methods of a column take: a column, or a constant. A string is a constant here, never a name. */
export type Operand = Column | LiteralValue;

/** An expression over the columns of a DataFrame; immutable. Made by `col`, `lit`, `expr` and the functions. */
export class Column {
  readonly expression: Expression;

  constructor(expression: Expression) {
    this.expression = expression;
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
    return this.binary("=", other);
  }
  notEqual(other: Operand): Column {
    return this.equalTo(other).not();
  }
  /** Equal, where null equals null and nothing else. */
  eqNullSafe(other: Operand): Column {
    return this.binary("<=>", other);
  }
  gt(other: Operand): Column {
    return this.binary(">", other);
  }
  geq(other: Operand): Column {
    return this.binary(">=", other);
  }
  lt(other: Operand): Column {
    return this.binary("<", other);
  }
  leq(other: Operand): Column {
    return this.binary("<=", other);
  }
  /** Between two bounds, both included. */
  between(lower: Operand, upper: Operand): Column {
    return this.geq(lower).and(this.leq(upper));
  }
  isin(...values: readonly Operand[]): Column {
    return this.call("in", ...values);
  }

  and(other: Column | boolean): Column {
    return this.binary("and", other);
  }
  or(other: Column | boolean): Column {
    return this.binary("or", other);
  }
  not(): Column {
    return this.call("not");
  }

  isNull(): Column {
    return this.call("isnull");
  }
  isNotNull(): Column {
    return this.call("isnotnull");
  }
  isNaN(): Column {
    return this.call("isnan");
  }

  /** SQL's LIKE: `%` any characters, `_` one, `\` takes their meaning away. */
  like(pattern: Column | string): Column {
    return this.binary("like", pattern);
  }
  ilike(pattern: Column | string): Column {
    return this.binary("ilike", pattern);
  }
  /** Whether a Java regular expression is found anywhere in the text. */
  rlike(pattern: Column | string): Column {
    return this.binary("rlike", pattern);
  }
  startsWith(prefix: Column | string): Column {
    return this.binary("startswith", prefix);
  }
  endsWith(suffix: Column | string): Column {
    return this.binary("endswith", suffix);
  }
  contains(part: Column | string): Column {
    return this.binary("contains", part);
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
    return new Column(unresolvedCall("getfield", [this.expression, literal(STRING, name)]));
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

  private binary(name: string, other: Operand): Column {
    return this.call(name, other);
  }

  private call(name: string, ...others: readonly Operand[]): Column {
    return new Column(unresolvedCall(name, [this.expression, ...others.map(expressionOf)]));
  }

  private castTo(type: string | DataType, mode: "unset" | "try"): Column {
    const to = typeof type === "string" ? parseDataType(type) : type;
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
}

/** What `orderBy` takes, as a sort order: ascending unless it says otherwise. */
export function sortOrderOf(column: Column | SortColumn): SortOrder {
  return column instanceof SortColumn ? column.order : column.asc().order;
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
    return new Column(caseOf(this.branches, expressionOf(result)));
  }
}

/** The expression of a column, or of a constant. */
export function expressionOf(operand: Operand): Expression {
  if (operand instanceof Column) return operand.expression;
  if ((operand as unknown) instanceof SortColumn || operand === undefined)
    throw new AnalysisError({
      condition: "INVALID_COLUMN_OPERAND",
      message: `An operand must be a column or a constant, not ${operand === undefined ? "undefined" : "a sort order"}`,
      sqlState: "42K09",
    });
  return literalOf(operand);
}

function caseOf(
  branches: readonly (readonly [Column, Operand])[],
  otherwise: Expression | null,
): Expression {
  return Object.freeze({
    kind: "case",
    branches: Object.freeze(
      branches.map(([condition, result]) =>
        Object.freeze({ when: condition.expression, result: expressionOf(result) }),
      ),
    ),
    otherwise,
  });
}
