import { INT, LONG, STRING } from "../../columnar/data-type.ts";
import { isNumeric } from "../../columnar/type-class.ts";
import type {
  Argument,
  CallFacts,
  EmitContext,
  Evaluated,
  LazyOperand,
  ScalarBuiltin,
  ScalarKernel,
} from "../builtin.ts";
import { valueCast } from "../cast/value-cast.ts";
import { commonType } from "../coercion.ts";
import { comparisonType } from "../operator/comparison-type.ts";
import {
  emitComparisonOfPresent,
  emitEqual,
  hasEmittedOrder,
} from "../operator/emit-comparison.ts";
import { emitIsZero, emitZero } from "../operator/zero-divisor.ts";
import { differentOperands, requireArguments, unexpectedArgument } from "../type-mismatch.ts";
import { valueComparator } from "../value-order.ts";
import { emitAssign, resultLocals } from "./emit-choice.ts";

/** Null where both are equal, else the first; a null second is equal to nothing. */
function emitNullIf(
  context: EmitContext,
  value: Evaluated | undefined,
  other: Evaluated | undefined,
  call: CallFacts,
): Evaluated {
  const { code } = context;
  const result = resultLocals(context, call.type, true);
  if (!value || !other || !result.isNull) return result;
  emitAssign(context, result, value);
  emitComparisonOfPresent(context, call.type, emitEqual, [value, other]);
  code.get(result.isNull).op("i32.or").set(result.isNull);
  return result;
}

export const NULLIF: ScalarBuiltin = {
  kind: "scalar",
  name: "nullif",
  resolve: (args, context) => {
    requireArguments(args, context, 2);
    const [left, right] = args as readonly [Argument, Argument];
    const type = comparisonType(left, right, context.ansi);
    if (!type) throw differentOperands(args, (texts) => `(${texts.join(" = ")})`);
    return { args: [type, type], type, nullable: true };
  },
  kernel: (call) => {
    if (hasEmittedOrder(call.type))
      return {
        kind: "emitLazy",
        emit: (context, operands, facts) => {
          const [value, other] = operands.map((operand) => operand.evaluate());
          return emitNullIf(context, value, other, facts);
        },
      };
    const compare = valueComparator(call.type);
    return {
      kind: "row",
      handlesNulls: true,
      prepare: () => (value: unknown, other: unknown) =>
        value !== null && other !== null && compare(value, other) === 0 ? null : value,
    };
  },
  examples: [
    { sql: "SELECT nullif(2, 2)", rows: ["NULL"] },
    { sql: "SELECT nullif(2, 1)", rows: ["2"] },
  ],
};

/** Text is compared with 0 as a number, and stays text. */
function nullTextOfZero({ ansi, timeZone }: CallFacts): ScalarKernel {
  const mode = ansi ? "ansi" : "legacy";
  const toLong = valueCast({ from: STRING, to: LONG, mode, timeZone }) as (text: string) => unknown;
  return { kind: "row", prepare: () => (text: string) => (toLong(text) === 0n ? null : text) };
}

export const NULLIFZERO: ScalarBuiltin = {
  kind: "scalar",
  name: "nullifzero",
  resolve: (args, context) => {
    requireArguments(args, context, 1);
    const given = args[0]?.type ?? INT;
    const type = given.kind === "null" ? INT : given;
    if (!isNumeric(type) && type.kind !== "string")
      throw unexpectedArgument(args, ([child = ""]) => `nullifzero(${child})`, 0, '"NUMERIC"');
    return { args: [type], type, nullable: true };
  },
  kernel: (call) =>
    call.type.kind === "string"
      ? nullTextOfZero(call)
      : {
          kind: "emit",
          emit: ({ code }, [value], _, isNull) => {
            if (!value || !isNull) return;
            emitIsZero(code, value);
            code.set(isNull).get(value);
          },
        },
  examples: [
    { sql: "SELECT nullifzero(0)", rows: ["NULL"] },
    { sql: "SELECT nullifzero(2)", rows: ["2"] },
  ],
};

const ZERO_TEXT_IF_NULL: ScalarKernel = {
  kind: "row",
  handlesNulls: true,
  prepare: () => (text: string | null) => text ?? "0",
};

function emitZeroIfNull(
  context: EmitContext,
  [operand]: readonly LazyOperand[],
  call: CallFacts,
): Evaluated {
  const { code } = context;
  const result = resultLocals(context, call.type, false);
  const evaluated = operand?.evaluate();
  if (!evaluated) return result;
  emitAssign(context, result, evaluated);
  if (evaluated.isNull)
    code.get(evaluated.isNull).if(() => {
      emitZero(code, result.value.type);
      code.set(result.value);
    });
  return result;
}

export const ZEROIFNULL: ScalarBuiltin = {
  kind: "scalar",
  name: "zeroifnull",
  resolve: (args, context) => {
    requireArguments(args, context, 1);
    const type = commonType([args[0]?.type ?? INT, INT], context.ansi);
    if (!type || !(isNumeric(type) || type.kind === "string"))
      throw unexpectedArgument(args, ([child = ""]) => `zeroifnull(${child})`, 0, '"NUMERIC"');
    return { args: [type], type, nullable: false };
  },
  kernel: (call) =>
    call.type.kind === "string" ? ZERO_TEXT_IF_NULL : { kind: "emitLazy", emit: emitZeroIfNull },
  examples: [
    { sql: "SELECT zeroifnull(NULL)", rows: ["0"] },
    { sql: "SELECT zeroifnull(2)", rows: ["2"] },
  ],
};
