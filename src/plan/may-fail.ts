import type { DataType } from "../columnar/data-type.ts";
import { isFloating } from "../columnar/type-class.ts";
import type { Call, Cast, Expression } from "./expression.ts";
import { expressionChildren } from "./expression-tree.ts";
import { typeOf } from "./expression-type.ts";
import { memoized } from "./memoized.ts";

/** Builtins that give a value, or null, for every input. Whatever is not named here is taken to fail. */
const TOTAL = new Set(
  (
    "= <=> < <= > >= and or not in between isnull isnotnull isnan nanvl coalesce nvl nvl2 ifnull if nullif " +
    "least greatest & | ^ ~ like ilike startswith endswith contains upper lower ucase lcase length char_length " +
    "character_length octet_length bit_length trim ltrim rtrim btrim substring substr left right concat " +
    "concat_ws replace reverse instr locate lpad rpad split_part initcap year quarter month day dayofmonth " +
    "dayofweek dayofyear weekday hour minute second last_day datediff date_diff sqrt cbrt exp ln log10 log2 " +
    "sin cos tan isnan signum positive"
  ).split(" "),
);
const ARITHMETIC = new Set(["+", "-", "*", "negative", "abs"]);
const DIVISION = new Set(["/", "%", "div", "mod"]);
const MAX_DIGITS = 38;

/** Digits that hold every value of an integer type. */
const INTEGER_DIGITS: { readonly [kind: string]: number } = {
  byte: 3,
  short: 5,
  int: 10,
  long: 20,
};
const INTEGER_ORDER = ["byte", "short", "int", "long"];

/**
 * True if some input ends the query with an error: such an expression must not be evaluated on rows on which the
 * query as written does not evaluate it.
 */
export const mayFail: (expression: Expression) => boolean = memoized(
  (expression) => ownMayFail(expression) || expressionChildren(expression).some(mayFail),
);

function ownMayFail(expression: Expression): boolean {
  switch (expression.kind) {
    case "cast":
      return expression.mode === "ansi" && !isWidening(expression);
    case "call":
      return callMayFail(expression);
    case "subquery":
    case "window":
    case "aggregate":
      return true;
    default:
      return false;
  }
}

function callMayFail(call: Call): boolean {
  if (TOTAL.has(call.name)) return false;
  if (ARITHMETIC.has(call.name)) return call.ansi && !isUnbounded(call.type);
  if (DIVISION.has(call.name)) {
    const divisor = call.args[1];
    const isConstant = divisor?.kind === "literal" && divisor.value !== null;
    const isZero = isConstant && Number(divisor.value) === 0;
    return call.ansi && (!isConstant || isZero || !isUnbounded(call.type));
  }
  return true;
}

/** Results of this type cannot overflow: floating point, or decimals that analysis gave digits enough. */
const isUnbounded = (type: DataType): boolean =>
  type.kind === "double" ||
  type.kind === "float" ||
  (type.kind === "decimal" && type.precision < MAX_DIGITS);

function isWidening(cast: Cast): boolean {
  const from = typeOf(cast.child);
  const to = cast.type;
  if (from.kind === to.kind && from.kind !== "decimal") return true;
  if (to.kind === "string") return true;
  const digits = INTEGER_DIGITS[from.kind];
  if (digits !== undefined) {
    if (isFloating(to)) return true;
    if (to.kind === "decimal") return to.precision - to.scale >= digits;
    return INTEGER_ORDER.indexOf(from.kind) <= INTEGER_ORDER.indexOf(to.kind);
  }
  if (from.kind === "decimal") {
    if (isFloating(to)) return true;
    return (
      to.kind === "decimal" &&
      to.scale >= from.scale &&
      to.precision - to.scale >= from.precision - from.scale
    );
  }
  return from.kind === "null" || (from.kind === "float" && to.kind === "double");
}
