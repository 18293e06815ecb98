import { type DataType, INT, LONG } from "../../columnar/data-type.ts";
import { isIntegral, isNumeric } from "../../columnar/type-class.ts";
import { registerOf } from "../../columnar/vector.ts";
import { DataError } from "../../common/errors.ts";
import type { Argument, Example, ResolveContext, ScalarBuiltin, Signature } from "../builtin.ts";
import { tightestCommonType } from "../coercion.ts";
import { infix } from "../operator/infix.ts";
import { operandError } from "../operator/numeric-operands.ts";
import { INT_PARAMETER, typeArguments } from "../parameters.ts";
import { differentOperands, requireArguments, unexpectedArgument } from "../type-mismatch.ts";

type Print = (args: readonly string[]) => string;

function resolve(args: readonly Argument[], context: ResolveContext, print: Print): Signature {
  requireArguments(args, context, 2);
  const types = args.map(({ type }) => asIntegral(type, args, context));
  const [left, right] = types;
  const common = left && right && tightestCommonType(left, right, context.ansi);
  const type = common?.kind === "null" ? INT : common;
  if (type && isIntegral(type)) return { args: [type, type], type };
  const isText = args.some((argument) => argument.type.kind === "string");
  if (!context.ansi && isText && args.some((argument) => argument.type.kind === "null"))
    throw differentOperands(args, print);
  throw operandError(args, context, print, '"INTEGRAL"');
}

/** A text beside an integer is a long, as everywhere under ANSI; without it the two do not fit. */
function asIntegral(type: DataType, args: readonly Argument[], context: ResolveContext): DataType {
  const isBesideInteger = args.some((argument) => isIntegral(argument.type));
  return type.kind === "string" && isBesideInteger && context.ansi ? LONG : type;
}

function operator(
  symbol: string,
  instruction: "and" | "or" | "xor",
  examples: readonly Example[],
): ScalarBuiltin {
  const print = infix(symbol);
  return {
    kind: "scalar",
    name: symbol,
    resolve: (args, context) => resolve(args, context, print),
    kernel: {
      kind: "emit",
      emit: ({ code }, [a, b], call) => {
        if (a && b)
          code
            .get(a)
            .get(b)
            .op(`${registerOf(call.type) as "i32" | "i64"}.${instruction}`);
      },
    },
    print,
    examples,
  };
}

export const BIT_AND_OPERATOR = operator("&", "and", [{ sql: "SELECT 3 & 5", rows: ["1"] }]);
export const BIT_OR_OPERATOR = operator("|", "or", [{ sql: "SELECT 3 | 5", rows: ["7"] }]);
export const BIT_XOR_OPERATOR = operator("^", "xor", [{ sql: "SELECT 3 ^ 5", rows: ["6"] }]);

const printNot: Print = ([child = ""]) => `~${child}`;

export const BIT_NOT_OPERATOR: ScalarBuiltin = {
  kind: "scalar",
  name: "~",
  resolve: (args, context) => {
    requireArguments(args, context, 1);
    const given = args[0]?.type ?? INT;
    const type = given.kind === "null" ? INT : given;
    if (!isIntegral(type)) throw unexpectedArgument(args, printNot, 0, '"INTEGRAL"');
    return { args: [type], type };
  },
  kernel: {
    kind: "emit",
    emit: ({ code }, [value]) => {
      if (value?.type === "i64") code.get(value).i64(-1n).op("i64.xor");
      else if (value) code.get(value).i32(-1).op("i32.xor");
    },
  },
  print: printNot,
  examples: [{ sql: "SELECT ~ 0", rows: ["-1"] }],
};

function shift(
  name: string,
  print: Print,
  instruction: "shl" | "shr_s" | "shr_u",
  example: Example,
): ScalarBuiltin {
  return {
    kind: "scalar",
    name,
    print,
    resolve: (args, context) => {
      requireArguments(args, context, 2);
      const given = args[0]?.type ?? INT;
      const type = given.kind === "long" ? LONG : INT;
      if (!isNumeric(given) && given.kind !== "null" && given.kind !== "string")
        throw unexpectedArgument(
          args,
          (texts) => `${name}(${texts.join(", ")})`,
          0,
          '("INT" or "BIGINT")',
        );
      const [, bits = INT] = typeArguments(args, context, [
        { requires: "", accept: (t) => t },
        INT_PARAMETER,
      ]);
      return { args: [type, bits], type };
    },
    kernel: {
      kind: "emit",
      emit: ({ code }, [value, bits]) => {
        if (!value || !bits) return;
        code.get(value).get(bits);
        if (value.type === "i64") code.op("i64.extend_i32_s");
        code.op(`${value.type as "i32" | "i64"}.${instruction}`);
      },
    },
    examples: [example],
  };
}

const printCall =
  (name: string): Print =>
  (args) =>
    `${name}(${args.join(", ")})`;

/** Each shift as a function and as an operator, which print differently. */
export const SHIFTS: readonly ScalarBuiltin[] = [
  shift("shiftleft", printCall("shiftleft"), "shl", {
    sql: "SELECT shiftleft(2, 1)",
    rows: ["4"],
  }),
  shift("<<", infix("<<"), "shl", { sql: "SELECT 2 << 1", rows: ["4"] }),
  shift("shiftright", printCall("shiftright"), "shr_s", {
    sql: "SELECT shiftright(4, 1)",
    rows: ["2"],
  }),
  shift(">>", infix(">>"), "shr_s", { sql: "SELECT 4 >> 1", rows: ["2"] }),
  shift("shiftrightunsigned", printCall("shiftrightunsigned"), "shr_u", {
    sql: "SELECT shiftrightunsigned(4, 1)",
    rows: ["2"],
  }),
  shift(">>>", infix(">>>"), "shr_u", { sql: "SELECT 4 >>> 1", rows: ["2"] }),
];

export const BIT_COUNT: ScalarBuiltin = {
  kind: "scalar",
  name: "bit_count",
  resolve: (args, context) => {
    requireArguments(args, context, 1);
    const given = args[0]?.type ?? INT;
    const type = given.kind === "null" ? INT : given;
    if (!isIntegral(type) && type.kind !== "boolean")
      throw unexpectedArgument(
        args,
        ([child = ""]) => `bit_count(${child})`,
        0,
        '("INTEGRAL" or "BOOLEAN")',
      );
    return { args: [type], type: INT };
  },
  kernel: {
    kind: "emit",
    emit: ({ code }, [value], { args: [argument] }) => {
      if (!value) return;
      code.get(value);
      // Negative bytes, shorts and ints count the bits of the long they are.
      if (value.type === "i32")
        code.op(argument?.type.kind === "boolean" ? "i64.extend_i32_u" : "i64.extend_i32_s");
      code.op("i64.popcnt").op("i32.wrap_i64");
    },
  },
  examples: [{ sql: "SELECT bit_count(0)", rows: ["0"] }],
};

function bitOutOfRange(name: string, bits: number, bit: number): DataError {
  return new DataError({
    condition: "INVALID_PARAMETER_VALUE.BIT_POSITION_RANGE",
    message: `The value of parameter(s) \`pos\` in \`${name}\` is invalid: expects an integer value in [0, ${bits}), but got ${bit}.`,
    sqlState: "22023",
  });
}

export const BIT_GET: ScalarBuiltin = {
  kind: "scalar",
  name: "bit_get",
  aliases: ["getbit"],
  resolve: (args, context) => {
    requireArguments(args, context, 2);
    const type = args[0]?.type ?? LONG;
    if (!isIntegral(type) && type.kind !== "null")
      throw unexpectedArgument(
        args,
        (texts) => `${context.name}(${texts.join(", ")})`,
        0,
        '"INTEGRAL"',
      );
    return { args: [type.kind === "null" ? LONG : type, INT], type: { kind: "byte" } };
  },
  kernel: {
    kind: "row",
    prepare: (call) => {
      const bits = { byte: 8, short: 16, int: 32 }[call.args[0]?.type.kind as "int"] ?? 64;
      return (value: bigint | number, bit: number) => {
        if (bit < 0 || bit >= bits) throw bitOutOfRange(call.name, bits, bit);
        return Number((BigInt.asUintN(64, BigInt(value)) >> BigInt(bit)) & 1n);
      };
    },
  },
  examples: [{ sql: "SELECT bit_get(11, 0)", rows: ["1"] }],
};
