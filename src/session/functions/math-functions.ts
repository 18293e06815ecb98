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
  /** SQL: `abs(-1)` → `1` */
  abs: ofOneColumn("abs"),
  /** SQL: `sign(40)` → `1.0` */
  sign: ofOneColumn("sign"),
  /** SQL: `signum(40)` → `1.0` */
  signum: ofOneColumn("signum"),
  /** SQL: `negative(1)` → `-1` */
  negative: ofOneColumn("negative"),
  /** SQL: `positive(1)` → `1` */
  positive: ofOneColumn("positive"),
  /** SQL: `ceil(5)` → `5` */
  ceil: ofOneColumn("ceil"),
  /** SQL: `ceil(5)` → `5` */
  ceiling: ofOneColumn("ceiling"),
  /** SQL: `floor(-0.1)` → `-1` */
  floor: ofOneColumn("floor"),
  /** SQL: `round(2.5, 0)` → `3` */
  round: rounder("round"),
  /** SQL: `bround(2.5, 0)` → `2` */
  bround: rounder("bround"),
  /** SQL: `rint(12.3456)` → `12.0` */
  rint: ofOneColumn("rint"),
  /** SQL: `sqrt(4)` → `2.0` */
  sqrt: ofOneColumn("sqrt"),
  /** SQL: `cbrt(27.0)` → `3.0` */
  cbrt: ofOneColumn("cbrt"),
  /** SQL: `exp(0)` → `1.0` */
  exp: ofOneColumn("exp"),
  /** SQL: `expm1(0)` → `0.0` */
  expm1: ofOneColumn("expm1"),
  /** SQL: `ln(1)` → `0.0` */
  ln: ofOneColumn("ln"),
  /** SQL: `log(10, 100)` → `2.0` */
  log,
  /** SQL: `log10(10)` → `1.0` */
  log10: ofOneColumn("log10"),
  /** SQL: `log2(2)` → `1.0` */
  log2: ofOneColumn("log2"),
  /** SQL: `log1p(0)` → `0.0` */
  log1p: ofOneColumn("log1p"),
  /** SQL: `pow(2, 3)` → `8.0` */
  pow: ofTwo("pow"),
  /** SQL: `power(2, 3)` → `8.0` */
  power: ofTwo("power"),
  /** SQL: `pmod(10, 3)` → `1` */
  pmod: ofTwo("pmod"),
  /** SQL: `try_add(1, 2)` → `3` */
  try_add: ofTwo("try_add"),
  /** SQL: `try_subtract(2, 1)` → `1` */
  try_subtract: ofTwo("try_subtract"),
  /** SQL: `try_multiply(2, 3)` → `6` */
  try_multiply: ofTwo("try_multiply"),
  /** SQL: `try_divide(3, 2)` → `1.5` */
  try_divide: ofTwo("try_divide"),
  /** SQL: `try_mod(3, 2)` → `1` */
  try_mod: ofTwo("try_mod"),
  /** SQL: `hypot(3, 4)` → `5.0` */
  hypot: ofTwo("hypot"),
  /** SQL: `atan2(0, 1)` → `0.0` */
  atan2: ofTwo("atan2"),
  /** SQL: `sin(0)` → `0.0` */
  sin: ofOneColumn("sin"),
  /** SQL: `cos(0)` → `1.0` */
  cos: ofOneColumn("cos"),
  /** SQL: `tan(0)` → `0.0` */
  tan: ofOneColumn("tan"),
  /** SQL: `asin(0)` → `0.0` */
  asin: ofOneColumn("asin"),
  /** SQL: `acos(1)` → `0.0` */
  acos: ofOneColumn("acos"),
  /** SQL: `atan(0)` → `0.0` */
  atan: ofOneColumn("atan"),
  /** SQL: `sinh(0)` → `0.0` */
  sinh: ofOneColumn("sinh"),
  /** SQL: `cosh(0)` → `1.0` */
  cosh: ofOneColumn("cosh"),
  /** SQL: `tanh(0)` → `0.0` */
  tanh: ofOneColumn("tanh"),
  /** SQL: `asinh(0)` → `0.0` */
  asinh: ofOneColumn("asinh"),
  /** SQL: `acosh(1)` → `0.0` */
  acosh: ofOneColumn("acosh"),
  /** SQL: `atanh(0)` → `0.0` */
  atanh: ofOneColumn("atanh"),
  /** SQL: `cot(0)` → `Infinity` */
  cot: ofOneColumn("cot"),
  /** SQL: `csc(0)` → `Infinity` */
  csc: ofOneColumn("csc"),
  /** SQL: `sec(0)` → `1.0` */
  sec: ofOneColumn("sec"),
  /** SQL: `degrees(3.141592653589793)` → `180.0` */
  degrees: ofOneColumn("degrees"),
  /** SQL: `radians(180)` → `3.141592653589793` */
  radians: ofOneColumn("radians"),
  /** SQL: `factorial(5)` → `120` */
  factorial: ofOneColumn("factorial"),
  /** SQL: `bin(13)` → `1101` */
  bin: ofOneColumn("bin"),
  /** SQL: `conv('100', 2, 10)` → `4` */
  conv: (column: ColumnOrName, from: Count, to: Count): Column =>
    call("conv", [column], [from, to]),
  /** SQL: `width_bucket(5.3, 0.2, 10.6, 5)` → `3` */
  width_bucket: (column: ColumnOrName, low: Count, high: Count, buckets: Count): Column =>
    call("width_bucket", [column], [low, high, buckets]),
  /** SQL: `bit_count(0)` → `0` */
  bit_count: ofOneColumn("bit_count"),
  /** SQL: `bit_get(11, 0)` → `1` */
  bit_get: (column: ColumnOrName, position: Count): Column => call("bit_get", [column], [position]),
  /** SQL: `rand(0)` → `0.7604953758285915` */
  rand: (seed?: number): Column => call("rand", [], seed === undefined ? [] : [seed]),
  /** SQL: `randn(0)` → `1.6034991609278433` */
  randn: (seed?: number): Column => call("randn", [], seed === undefined ? [] : [seed]),
  /** SQL: `~ 0` → `-1` */
  bitwise_not: ofOneColumn("~"),
  /** SQL: `shiftleft(2, 1)` → `4` */
  shiftleft: (column: ColumnOrName, bits: Count): Column => call("shiftleft", [column], [bits]),
  /** SQL: `shiftrightunsigned(4, 1)` → `2` */
  shiftrightunsigned: (column: ColumnOrName, bits: Count): Column =>
    call("shiftrightunsigned", [column], [bits]),
  /** SQL: `shiftright(4, 1)` → `2` */
  shiftright: (column: ColumnOrName, bits: Count): Column => call("shiftright", [column], [bits]),
  /** SQL: `pi()` → `3.141592653589793` */
  pi: (): Column => new Column(unresolvedCall("pi", [])),
  /** SQL: `e()` → `2.718281828459045` */
  e: (): Column => new Column(unresolvedCall("e", [])),
} as const;

function operand(value: ColumnOrName | number): readonly (Column | number)[] {
  return [typeof value === "string" ? columnOf(value) : value];
}
