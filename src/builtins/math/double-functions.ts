import { DOUBLE } from "../../columnar/data-type.ts";
import type { Example, ScalarBuiltin } from "../builtin.ts";
import { DOUBLE_PARAMETER, takes } from "../parameters.ts";

function unary(
  name: string,
  apply: (value: number) => number,
  example: Example,
  options: {
    readonly aliases?: readonly string[];
    readonly print?: ScalarBuiltin["print"];
    readonly isDefined?: (value: number) => boolean;
  } = {},
): ScalarBuiltin {
  const { isDefined } = options;
  return {
    kind: "scalar",
    name,
    ...(options.aliases ? { aliases: options.aliases } : {}),
    resolve: takes([DOUBLE_PARAMETER], DOUBLE, isDefined ? { nullable: true } : {}),
    kernel: {
      kind: "row",
      prepare: () =>
        isDefined ? (value: number) => (isDefined(value) ? apply(value) : null) : apply,
    },
    print: options.print ?? ((args) => `${name.toUpperCase()}(${args.join(", ")})`),
    cost: 20,
    examples: [example],
  };
}

const lowerCase =
  (name: string) =>
  (args: readonly string[]): string =>
    `${name}(${args.join(", ")})`;
const isNotNegative = (value: number): boolean => !(value <= 0);

/** Rounded to the even of two equally near integers. */
function rint(value: number): number {
  if (!Number.isFinite(value) || Math.abs(value) >= 2 ** 52) return value;
  const floor = Math.floor(value);
  const rest = value - floor;
  const nearest = rest < 0.5 || (rest === 0.5 && floor % 2 === 0) ? floor : floor + 1;
  return nearest === 0 && (value < 0 || Object.is(value, -0)) ? -0 : nearest;
}

const DEGREES_PER_RADIAN = 57.29577951308232;
const RADIANS_PER_DEGREE = 0.017453292519943295;
/** What `StrictMath.exp` makes of 1: one step above the nearest double, which V8 gives in this case alone. */
const JAVA_EXP_OF_1 = Math.E + 2 ** -51;

function exp(value: number): number {
  return value === 1 ? JAVA_EXP_OF_1 : Math.exp(value);
}

function cosh(value: number): number {
  const magnitude = Math.abs(value);
  if (magnitude < 0.35 || magnitude > 22) return Math.cosh(value);
  const power = exp(magnitude);
  return 0.5 * power + 0.5 / power;
}

/** `Math.hypot` of V8 is off by a step where squares do not even overflow. */
function hypot(a: number, b: number): number {
  const largest = Math.max(Math.abs(a), Math.abs(b));
  const isSafe = largest < 1e150 && largest > 1e-150;
  return isSafe ? Math.sqrt(a * a + b * b) : Math.hypot(a, b);
}

const row = (sql: string, answer: string): Example => ({ sql: `SELECT ${sql}`, rows: [answer] });

/** Functions from doubles to a double. */
export const DOUBLE_FUNCTIONS: readonly ScalarBuiltin[] = [
  unary("exp", exp, row("exp(0)", "1.0")),
  unary("expm1", Math.expm1, row("expm1(0)", "0.0")),
  unary("ln", Math.log, row("ln(1)", "0.0"), { isDefined: isNotNegative, print: lowerCase("ln") }),
  unary("log10", Math.log10, row("log10(10)", "1.0"), { isDefined: isNotNegative }),
  unary("log2", (value) => Math.log(value) / Math.log(2), row("log2(2)", "1.0"), {
    isDefined: isNotNegative,
  }),
  unary("log1p", Math.log1p, row("log1p(0)", "0.0"), { isDefined: (value) => !(value <= -1) }),
  unary("sin", Math.sin, row("sin(0)", "0.0")),
  unary("cos", Math.cos, row("cos(0)", "1.0")),
  unary("tan", Math.tan, row("tan(0)", "0.0")),
  unary("asin", Math.asin, row("asin(0)", "0.0")),
  unary("acos", Math.acos, row("acos(1)", "0.0")),
  unary("atan", Math.atan, row("atan(0)", "0.0")),
  unary("sinh", Math.sinh, row("sinh(0)", "0.0")),
  unary("cosh", cosh, row("cosh(0)", "1.0")),
  unary("tanh", Math.tanh, row("tanh(0)", "0.0")),
  unary("asinh", Math.asinh, row("asinh(0)", "0.0")),
  unary("acosh", Math.acosh, row("acosh(1)", "0.0")),
  unary("atanh", (x) => 0.5 * (Math.log1p(x) - Math.log1p(-x)), row("atanh(0)", "0.0")),
  unary("cot", (x) => 1 / Math.tan(x), row("cot(0)", "Infinity")),
  unary("sec", (x) => 1 / Math.cos(x), row("sec(0)", "1.0")),
  unary("csc", (x) => 1 / Math.sin(x), row("csc(0)", "Infinity")),
  unary("cbrt", Math.cbrt, row("cbrt(27.0)", "3.0")),
  unary("degrees", (x) => x * DEGREES_PER_RADIAN, row("degrees(3.141592653589793)", "180.0")),
  unary("radians", (x) => x * RADIANS_PER_DEGREE, row("radians(180)", "3.141592653589793")),
  unary("rint", rint, row("rint(12.3456)", "12.0"), { print: lowerCase("rint") }),
];

/** The one with an instruction of its own. */
export const SQRT: ScalarBuiltin = {
  kind: "scalar",
  name: "sqrt",
  resolve: takes([DOUBLE_PARAMETER], DOUBLE),
  kernel: {
    kind: "emit",
    emit: ({ code }, [value]) => {
      if (value) code.get(value).op("f64.sqrt");
    },
  },
  print: ([child = ""]) => `SQRT(${child})`,
  cost: 3,
  examples: [row("sqrt(4)", "2.0")],
};

function binary(
  name: string,
  apply: (a: number, b: number) => number | null,
  example: Example,
  options: { readonly print?: ScalarBuiltin["print"] } = {},
): ScalarBuiltin {
  return {
    kind: "scalar",
    name,
    resolve: takes([DOUBLE_PARAMETER, DOUBLE_PARAMETER], DOUBLE),
    kernel: { kind: "row", prepare: () => apply },
    print: options.print ?? ((args) => `${name.toUpperCase()}(${args.join(", ")})`),
    cost: 20,
    examples: [example],
  };
}

/** JavaScript's power but for one case: 1 to the power of NaN or an infinity stays NaN, as in Java. */
const power = (a: number, b: number): number => a ** b;

export const POW = binary("pow", power, row("pow(2, 3)", "8.0"), { print: lowerCase("pow") });
export const POWER = binary("power", power, row("power(2, 3)", "8.0"));
export const ATAN2 = binary("atan2", (y, x) => Math.atan2(y + 0, x + 0), row("atan2(0, 1)", "0.0"));
export const HYPOT = binary("hypot", hypot, row("hypot(3, 4)", "5.0"));

/** One argument: the natural logarithm; two: to the base of the first. */
export const LOG: ScalarBuiltin = {
  kind: "scalar",
  name: "log",
  resolve: takes([DOUBLE_PARAMETER, DOUBLE_PARAMETER], DOUBLE, { required: 1, nullable: true }),
  kernel: {
    kind: "row",
    prepare:
      ({ args }) =>
      (...values: number[]) => {
        const [first = 0, second = 0] = values;
        if (args.length === 1) return isNotNegative(first) ? Math.log(first) : null;
        return isNotNegative(first) && isNotNegative(second)
          ? Math.log(second) / Math.log(first)
          : null;
      },
  },
  print: (args) => `LOG(${args.length === 1 ? `E(), ${args[0]}` : args.join(", ")})`,
  cost: 20,
  examples: [row("log(10, 100)", "2.0")],
};

function constant(name: string, value: number, text: string): ScalarBuiltin {
  return {
    kind: "scalar",
    name,
    resolve: takes([], DOUBLE),
    kernel: {
      kind: "emit",
      emit: ({ code }) => {
        code.f64(value);
      },
    },
    print: () => `${name.toUpperCase()}()`,
    examples: [row(`${name}()`, text)],
  };
}

export const E = constant("e", Math.E, "2.718281828459045");
export const PI = constant("pi", Math.PI, "3.141592653589793");
