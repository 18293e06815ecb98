import { powerOf10 } from "../../builtins/decimal/decimal-rounding.ts";
import type { DataType } from "../../columnar/data-type.ts";
import { fromLiteralJson, type LiteralJson } from "../../columnar/literal-json.ts";
import type { Call, Expression } from "../../plan/expression.ts";
import { typeOf } from "../../plan/expression-type.ts";

/** No value is less than `least` or greater than `greatest`; decimals by their unscaled value. */
export interface ValueBounds {
  readonly least: bigint;
  readonly greatest: bigint;
}

const WHOLE_KINDS = new Set(["byte", "short", "int", "long", "decimal"]);
const I64: ValueBounds = { least: -(2n ** 63n), greatest: 2n ** 63n - 1n };

/** Statistics as bounds, where the type is a whole number. */
export function boundsOfStatistics(
  type: DataType,
  min: LiteralJson,
  max: LiteralJson,
): ValueBounds | null {
  if (!WHOLE_KINDS.has(type.kind) || min === null || max === null) return null;
  return {
    least: BigInt(fromLiteralJson(type, min) as bigint),
    greatest: BigInt(fromLiteralJson(type, max) as bigint),
  };
}

/** The least bounds that hold the values of both. */
export function hull(a: ValueBounds, b: ValueBounds): ValueBounds {
  return {
    least: a.least < b.least ? a.least : b.least,
    greatest: a.greatest > b.greatest ? a.greatest : b.greatest,
  };
}

/** True if all values fit an `i64`. */
export function fitsNarrow(bounds: ValueBounds): boolean {
  return bounds.least >= I64.least && bounds.greatest <= I64.greatest;
}

/** Bounds of the values with that many zeros behind their last digit. */
export function scaleUp({ least, greatest }: ValueBounds, digits: number): ValueBounds {
  const factor = powerOf10(digits);
  return { least: least * factor, greatest: greatest * factor };
}

/** Bounds found before, by expression. */
export type KnownBounds = WeakMap<Expression, { readonly bounds: ValueBounds | null }>;

/** What is known of an expression's values from those of its attributes; null where nothing is. */
export function boundsOf(
  expression: Expression,
  ofAttribute: (id: number) => ValueBounds | null,
  known: KnownBounds,
): ValueBounds | null {
  if (expression.kind === "attribute") return ofAttribute(expression.id);
  const found = known.get(expression);
  if (found) return found.bounds;
  const bounds = findBounds(expression, (child) => boundsOf(child, ofAttribute, known));
  known.set(expression, { bounds });
  return bounds;
}

type BoundsOf = (expression: Expression) => ValueBounds | null;

function findBounds(expression: Expression, of: BoundsOf): ValueBounds | null {
  switch (expression.kind) {
    case "literal":
      return boundsOfStatistics(expression.type, expression.value, expression.value);
    case "alias":
      return of(expression.child);
    case "cast":
      return castBounds(typeOf(expression.child), expression.type, () => of(expression.child));
    case "call":
      return callBounds(expression, of);
    case "case": {
      const results = expression.branches.map((branch) => branch.result);
      if (expression.otherwise) results.push(expression.otherwise);
      const all = results.map(of);
      return all.reduce((a, b) => (a && b ? hull(a, b) : null));
    }
    default:
      return null;
  }
}

function castBounds(
  from: DataType,
  to: DataType,
  child: () => ValueBounds | null,
): ValueBounds | null {
  const up = scaleOf(to) - scaleOf(from);
  if (!WHOLE_KINDS.has(from.kind) || !WHOLE_KINDS.has(to.kind) || up < 0) return null;
  const bounds = child();
  return bounds && within(scaleUp(bounds, up), to);
}

function callBounds(call: Call, of: BoundsOf): ValueBounds | null {
  const [left, right] = call.args;
  if (!left || !right || call.type.kind !== "decimal" || !isExact(call)) return null;
  const a = of(left);
  const b = of(right);
  if (!a || !b) return null;
  if (call.name === "*") return within(product(a, b), call.type);
  const x = scaleUp(a, call.type.scale - scaleOf(typeOf(left)));
  const y = scaleUp(b, call.type.scale - scaleOf(typeOf(right)));
  const sum =
    call.name === "+"
      ? { least: x.least + y.least, greatest: x.greatest + y.greatest }
      : { least: x.least - y.greatest, greatest: x.greatest - y.least };
  return within(sum, call.type);
}

/** True if a decimal `+`, `-` or `*` gives all digits of its result. */
export function isExact(call: Call): boolean {
  const [left, right] = call.args.map((arg) => typeOf(arg));
  if (left?.kind !== "decimal" || right?.kind !== "decimal") return false;
  if (call.name === "*") return scaleOf(call.type) === left.scale + right.scale;
  if (call.name !== "+" && call.name !== "-") return false;
  return scaleOf(call.type) === Math.max(left.scale, right.scale);
}

/** Digits behind the point: of a decimal its scale, of other whole numbers none. */
export function scaleOf(type: DataType): number {
  return type.kind === "decimal" ? type.scale : 0;
}

function product(a: ValueBounds, b: ValueBounds): ValueBounds {
  const corners = [
    a.least * b.least,
    a.least * b.greatest,
    a.greatest * b.least,
    a.greatest * b.greatest,
  ];
  return {
    least: corners.reduce((x, y) => (x < y ? x : y)),
    greatest: corners.reduce((x, y) => (x > y ? x : y)),
  };
}

/** Null where a value might not fit the type: there an operation fails or gives null. */
function within(bounds: ValueBounds, type: DataType): ValueBounds | null {
  if (type.kind !== "decimal") return fitsNarrow(bounds) ? bounds : null;
  const limit = powerOf10(type.precision);
  return bounds.least > -limit && bounds.greatest < limit ? bounds : null;
}
