import { Column } from "../column.ts";
import { unresolvedCall } from "../unresolved.ts";
import { type ColumnOrName, call, columnOf, ofOneColumn } from "./call-function.ts";

type Count = Column | number;

const rounder =
  (name: string) =>
  (column: ColumnOrName, scale: Count = 0): Column =>
    call(name, [column], [scale]);

const ofTwo =
  (name: string) =>
  (left: ColumnOrName | number, right: ColumnOrName | number): Column =>
    typeof left === "number"
      ? call(name, [], [left, ...operand(right)])
      : call(name, [left], operand(right));

/** The natural logarithm, or that to a base. */
function log(first: ColumnOrName | number, second?: ColumnOrName): Column {
  if (typeof first === "number") return call("log", [], [first, ...operand(second ?? first)]);
  return second === undefined ? call("ln", [first]) : call("log", [first, second]);
}

/** Functions of numbers. */
export const MATH_FUNCTIONS = {
  abs: ofOneColumn("abs"),
  sign: ofOneColumn("sign"),
  signum: ofOneColumn("signum"),
  negative: ofOneColumn("negative"),
  positive: ofOneColumn("positive"),
  ceil: ofOneColumn("ceil"),
  ceiling: ofOneColumn("ceiling"),
  floor: ofOneColumn("floor"),
  round: rounder("round"),
  bround: rounder("bround"),
  rint: ofOneColumn("rint"),
  sqrt: ofOneColumn("sqrt"),
  cbrt: ofOneColumn("cbrt"),
  exp: ofOneColumn("exp"),
  expm1: ofOneColumn("expm1"),
  ln: ofOneColumn("ln"),
  log,
  log10: ofOneColumn("log10"),
  log2: ofOneColumn("log2"),
  log1p: ofOneColumn("log1p"),
  pow: ofTwo("pow"),
  power: ofTwo("power"),
  pmod: ofTwo("pmod"),
  try_add: ofTwo("try_add"),
  try_subtract: ofTwo("try_subtract"),
  try_multiply: ofTwo("try_multiply"),
  try_divide: ofTwo("try_divide"),
  try_mod: ofTwo("try_mod"),
  hypot: ofTwo("hypot"),
  atan2: ofTwo("atan2"),
  sin: ofOneColumn("sin"),
  cos: ofOneColumn("cos"),
  tan: ofOneColumn("tan"),
  asin: ofOneColumn("asin"),
  acos: ofOneColumn("acos"),
  atan: ofOneColumn("atan"),
  sinh: ofOneColumn("sinh"),
  cosh: ofOneColumn("cosh"),
  tanh: ofOneColumn("tanh"),
  asinh: ofOneColumn("asinh"),
  acosh: ofOneColumn("acosh"),
  atanh: ofOneColumn("atanh"),
  cot: ofOneColumn("cot"),
  csc: ofOneColumn("csc"),
  sec: ofOneColumn("sec"),
  degrees: ofOneColumn("degrees"),
  radians: ofOneColumn("radians"),
  factorial: ofOneColumn("factorial"),
  bin: ofOneColumn("bin"),
  conv: (column: ColumnOrName, from: Count, to: Count): Column =>
    call("conv", [column], [from, to]),
  width_bucket: (column: ColumnOrName, low: Count, high: Count, buckets: Count): Column =>
    call("width_bucket", [column], [low, high, buckets]),
  bit_count: ofOneColumn("bit_count"),
  bit_get: (column: ColumnOrName, position: Count): Column => call("bit_get", [column], [position]),
  rand: (seed?: number): Column => call("rand", [], seed === undefined ? [] : [seed]),
  randn: (seed?: number): Column => call("randn", [], seed === undefined ? [] : [seed]),
  bitwise_not: ofOneColumn("~"),
  shiftleft: (column: ColumnOrName, bits: Count): Column => call("shiftleft", [column], [bits]),
  shiftrightunsigned: (column: ColumnOrName, bits: Count): Column =>
    call("shiftrightunsigned", [column], [bits]),
  shiftright: (column: ColumnOrName, bits: Count): Column => call("shiftright", [column], [bits]),
  pi: (): Column => new Column(unresolvedCall("pi", [])),
  e: (): Column => new Column(unresolvedCall("e", [])),
} as const;

function operand(value: ColumnOrName | number): readonly (Column | number)[] {
  return [typeof value === "string" ? columnOf(value) : value];
}
