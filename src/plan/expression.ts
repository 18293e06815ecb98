import type { DataType } from "../columnar/data-type.ts";
import type { LiteralJson } from "../columnar/literal-json.ts";
import type { LogicalPlan } from "./logical-plan.ts";
import type { Position } from "./position.ts";

/**
 * An expression: frozen plain data that survives JSON.
 *
 * Operators and functions are all a `call` of a builtin, by the name under which Spark registers it: `+`, `and`, `<=>`,
 * `like`, `upper`. The kinds from `unresolvedAttribute` on leave the parser and the DataFrame API and are gone
 * after analysis.
 */
export type Expression =
  | Literal
  | Attribute
  | Alias
  | Cast
  | Call
  | Case
  | AggregateCall
  | WindowCall
  | Subquery
  | Lambda
  | LambdaVariable
  | UnresolvedAttribute
  | UnresolvedStar
  | UnresolvedCall;

/**
 * A constant. `value` is JSON: null; a boolean; a number for byte, short, int, date (days since 1970-01-01),
 * year-month interval (months), float, double (`"NaN"`, `"Infinity"`, `"-Infinity"`, `"-0.0"` as text); text for string;
 * base64 text for binary; decimal text of an integer for long, timestamps and day-time intervals (microseconds) and
 * decimals (the unscaled value). Nested: an array of such values, of `[key, value]` pairs for a map.
 */
export interface Literal {
  readonly kind: "literal";
  readonly type: DataType;
  readonly value: LiteralJson;
  /** Where it begins in the text. Gone after analysis, as that of casts and CASE. */
  readonly position?: Position;
  /** The column name of the constant expression that analysis computed it from. */
  readonly name?: string;
}

/** A column of a child's output. `id` is unique in a query: names may repeat, ids never do. */
export interface Attribute {
  readonly kind: "attribute";
  readonly id: number;
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
  /** The relation's alias or name parts that may stand before the name. */
  readonly qualifier: readonly string[];
  /** Of a CHAR column: what it is compared with is filled up with spaces to so many characters. */
  readonly charLength?: number;
}

/** A named result: the attribute it becomes has the same `id`. */
export interface Alias {
  readonly kind: "alias";
  /** 0 until analysis gives it one. */
  readonly id: number;
  readonly name: string;
  readonly child: Expression;
}

/** A value as another type. */
export interface Cast {
  readonly kind: "cast";
  readonly child: Expression;
  readonly type: DataType;
  /** `ansi` fails on what does not fit, `legacy` (ANSI off) and `try` give null. Before analysis: `unset` or `try`. */
  readonly mode: "ansi" | "legacy" | "try" | "unset";
  /** Set on casts that coercion added: they are not printed. */
  readonly implicit?: boolean;
  readonly position?: Position;
}

/** A call of a scalar builtin; types are resolved and arguments already coerced. */
export interface Call {
  readonly kind: "call";
  readonly name: string;
  /** The builtin's other name that the user called it by, for printing only. */
  readonly alias?: string;
  readonly args: readonly Expression[];
  readonly type: DataType;
  readonly nullable: boolean;
  /** ANSI mode at analysis: overflow and bad input are errors. */
  readonly ansi: boolean;
}

/** `CASE WHEN`; the simple form is rewritten to `equalTo` conditions by the parser. */
export interface Case {
  readonly kind: "case";
  readonly branches: readonly { readonly when: Expression; readonly result: Expression }[];
  readonly otherwise: Expression | null;
  /** The column name of the call that analysis wrote as this CASE. */
  readonly name?: string;
  readonly position?: Position;
}

/** A call of an aggregate function. */
export interface AggregateCall {
  readonly kind: "aggregate";
  readonly name: string;
  /** As in `Call`. */
  readonly alias?: string;
  readonly args: readonly Expression[];
  readonly distinct: boolean;
  readonly filter: Expression | null;
  readonly type: DataType;
  readonly nullable: boolean;
  readonly ansi: boolean;
}

/** An expression to sort by. */
export interface SortOrder {
  readonly expression: Expression;
  readonly ascending: boolean;
  readonly nullsFirst: boolean;
}

/** An end of a window's frame. */
export type FrameBound =
  | { readonly kind: "unboundedPreceding" | "currentRow" | "unboundedFollowing" }
  | { readonly kind: "preceding" | "following"; readonly offset: Expression };

/** The rows that a window function sees. */
export interface WindowSpec {
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly SortOrder[];
  readonly frame: {
    readonly unit: "rows" | "range";
    readonly start: FrameBound;
    readonly end: FrameBound;
  } | null;
}

/** A function over a window. */
export interface WindowCall {
  readonly kind: "window";
  readonly call: Expression;
  /** A name from the WINDOW clause, or the specification itself. */
  readonly window: string | WindowSpec;
  readonly position: Position | null;
}

/** `form` decides the meaning: one value, `EXISTS`, or `value IN (…)` with the values on the left. */
export interface Subquery {
  readonly kind: "subquery";
  readonly form: "scalar" | "exists" | "in";
  readonly values: readonly Expression[];
  readonly plan: LogicalPlan;
  /** Null before analysis. */
  readonly type: DataType | null;
  readonly position: Position | null;
}

/** An anonymous function, an argument of higher-order functions. */
export interface Lambda {
  readonly kind: "lambda";
  readonly parameters: readonly string[];
  readonly body: Expression;
  readonly position: Position | null;
}

/** A parameter of a lambda in its body. */
export interface LambdaVariable {
  readonly kind: "lambdaVariable";
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
}

/** `a`, `t.a`, `s.field`: which of these it is, analysis decides. */
export interface UnresolvedAttribute {
  readonly kind: "unresolvedAttribute";
  readonly nameParts: readonly string[];
  /** The DataFrame it must come from (`df.col("a")`): the `dataFrame` of a `subqueryAlias` below. */
  readonly dataFrame?: number;
  readonly position: Position | null;
}

/** `*` or `t.*`, with Spark's `EXCEPT (…)`. */
export interface UnresolvedStar {
  readonly kind: "unresolvedStar";
  readonly qualifier: readonly string[];
  readonly except: readonly (readonly string[])[];
  /** A Java regular expression that names must match as a whole, whatever their case: `colRegex`. */
  readonly matching?: string;
  readonly position: Position | null;
}

/** A function or an operator before its types are known. Names are as written; look-up ignores case. */
export interface UnresolvedCall {
  readonly kind: "unresolvedCall";
  readonly name: string;
  readonly args: readonly Expression[];
  readonly distinct: boolean;
  readonly filter: Expression | null;
  /** `FIRST(x) IGNORE NULLS`. */
  readonly ignoreNulls: boolean;
  readonly position: Position | null;
}
