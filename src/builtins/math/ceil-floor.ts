import {
  type DataType,
  type DecimalType,
  DOUBLE,
  decimal,
  LONG,
} from "../../columnar/data-type.ts";
import { isIntegral, isNumeric } from "../../columnar/type-class.ts";
import { AnalysisError } from "../../common/errors.ts";
import type {
  Argument,
  CallFacts,
  Example,
  ResolveContext,
  ScalarBuiltin,
  ScalarKernel,
  Signature,
} from "../builtin.ts";
import { constantArgument } from "../constant-argument.ts";
import { decimalOf } from "../decimal/decimal-call.ts";
import { decimalForIntegral } from "../decimal/decimal-types.ts";
import { requireArguments, unexpectedArgument } from "../type-mismatch.ts";
import { digitsType, roundDecimal, roundedType, roundingDigits } from "./rounding-digits.ts";

/** Unlike `round`, `ceil` and `floor` take only a constant int as their scale. */
function requireConstantDigits(args: readonly Argument[], context: ResolveContext): void {
  const [, scale] = args;
  const isInt = scale?.type.kind === "int" && (constantArgument(scale)?.value ?? null) !== null;
  if (scale === undefined || isInt) return;
  throw new AnalysisError({
    condition: "NON_FOLDABLE_ARGUMENT",
    message: `The function \`${context.name}\` requires the parameter \`scale\` to be a foldable expression of the type "INT", but the actual argument is a non-foldable.`,
    sqlState: "42K08",
  });
}

/** One argument: to a long, a decimal to one without digits behind the point. With digits: to a decimal. */
function resolveEdge(args: readonly Argument[], context: ResolveContext): Signature {
  requireArguments(args, context, 1, 2);
  requireConstantDigits(args, context);
  const given = args[0]?.type ?? DOUBLE;
  const print = (texts: readonly string[]): string => `${context.name}(${texts.join(", ")})`;
  if (!isNumeric(given) && given.kind !== "string" && given.kind !== "null")
    throw unexpectedArgument(args, print, 0, '("DECIMAL" or "DOUBLE" or "BIGINT")');
  if (args.length === 2) {
    const from = decimalFor(given);
    return {
      args: [from, digitsType(args)],
      type: roundedType(from, roundingDigits(args) ?? 0),
      constants: [1],
      nullable: true,
    };
  }
  if (given.kind === "decimal")
    return {
      args: [given],
      type: given.scale === 0 ? given : roundedType(given, 0),
      nullable: true,
    };
  return { args: [isIntegral(given) ? LONG : DOUBLE], type: LONG, nullable: true };
}

function decimalFor(type: DataType): DecimalType {
  if (type.kind === "decimal") return type;
  if (type.kind === "string" || type.kind === "null") return decimal(38, 18);
  return decimalForIntegral(type) ?? (type.kind === "float" ? decimal(14, 7) : decimal(30, 15));
}

function edgeKernel(call: CallFacts, mode: "ceiling" | "floor"): ScalarKernel {
  const from = call.args[0]?.type ?? call.type;
  if (from.kind === "long")
    return {
      kind: "emit",
      emit: ({ code }, [value]) => {
        if (value) code.get(value);
      },
    };
  if (from.kind === "double")
    return {
      kind: "emit",
      emit: ({ code }, [value]) => {
        if (!value) return;
        code.get(value).op(mode === "ceiling" ? "f64.ceil" : "f64.floor");
        code.op("i64.trunc_sat_f64_s");
      },
    };
  const { scale } = decimalOf(from);
  const to = decimalOf(call.type);
  const digits = roundingDigits(call.args) ?? 0;
  return {
    kind: "row",
    prepare: () => (value: bigint) => roundDecimal(value, scale, digits, to, mode),
  };
}

function edge(
  name: string,
  aliases: readonly string[],
  mode: "ceiling" | "floor",
  examples: readonly Example[],
): ScalarBuiltin {
  return {
    kind: "scalar",
    name,
    aliases,
    resolve: resolveEdge,
    kernel: (call) => edgeKernel(call, mode),
    print: (args) => `${args.length === 1 ? name.toUpperCase() : name}(${args.join(", ")})`,
    cost: 5,
    examples,
  };
}

/** `ceil(number[, digits])`: towards positive infinity. */
export const CEIL = edge("ceil", ["ceiling"], "ceiling", [
  { sql: "SELECT ceil(-0.1)", rows: ["0"] },
  { sql: "SELECT ceil(5)", rows: ["5"] },
  { sql: "SELECT ceil(3.1411, 3)", rows: ["3.142"] },
  { sql: "SELECT ceil(3.1411, -3)", rows: ["1000"] },
]);

/** `floor(number[, digits])`: towards negative infinity. */
export const FLOOR = edge("floor", [], "floor", [
  { sql: "SELECT floor(-0.1)", rows: ["-1"] },
  { sql: "SELECT floor(3.1411, 3)", rows: ["3.141"] },
]);
