import { type DataType, INT, sameType } from "../../columnar/data-type.ts";
import { isNumeric } from "../../columnar/type-class.ts";
import type {
  Argument,
  CallFacts,
  EmitContext,
  Evaluated,
  LazyOperand,
  ResolveContext,
  ScalarBuiltin,
  ScalarKernel,
} from "../builtin.ts";
import { valueCast } from "../cast/value-cast.ts";
import { booleanEqualityType, comparisonType } from "../operator/comparison-type.ts";
import {
  emitComparisonOfPresent,
  emitEqual,
  hasEmittedOrder,
} from "../operator/emit-comparison.ts";
import { infix } from "../operator/infix.ts";
import { emitIsZero, emitZero } from "../operator/zero-divisor.ts";
import { differentOperands, requireArguments } from "../type-mismatch.ts";
import { valueComparator } from "../value-order.ts";
import { commonResult } from "./common-result.ts";
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

/** The first where it differs from another value once it is cast to `compared`, the other's type. */
function unlessEqual(
  call: CallFacts,
  compared: DataType,
): (value: unknown, other: unknown) => unknown {
  const mode = call.ansi ? "ansi" : "legacy";
  const cast = valueCast({ from: call.type, to: compared, mode, timeZone: call.timeZone });
  const compare = valueComparator(compared);
  return (value, other) => {
    if (value === null || other === null) return value;
    const comparable = cast(value as never);
    return comparable !== null && compare(comparable, other) === 0 ? null : value;
  };
}

/** The type in which a value is compared with another for equality. Throws where there is none. */
function equalityType(left: Argument, right: Argument, context: ResolveContext): DataType {
  const type =
    comparisonType(left, right, context.ansi) ??
    (context.ansi ? null : booleanEqualityType(left.type, right.type));
  if (!type) throw differentOperands([left, right], infix("="));
  return type;
}

export const NULLIF: ScalarBuiltin = {
  kind: "scalar",
  name: "nullif",
  resolve: (args, context) => {
    requireArguments(args, context, 2);
    const [left, right] = args as readonly [Argument, Argument];
    return {
      args: [left.type, equalityType(left, right, context)],
      type: left.type,
      nullable: true,
    };
  },
  kernel: (call) => {
    const compared = call.args[1]?.type ?? call.type;
    if (sameType(call.type, compared) && hasEmittedOrder(compared))
      return {
        kind: "emitLazy",
        emit: (context, operands, facts) => {
          const [value, other] = operands.map((operand) => operand.evaluate());
          return emitNullIf(context, value, other, facts);
        },
      };
    return { kind: "row", handlesNulls: true, prepare: () => unlessEqual(call, compared) };
  },
  examples: [
    { sql: "SELECT nullif(2, 2)", rows: ["NULL"] },
    { sql: "SELECT nullif(2, 1)", rows: ["2"] },
  ],
};

const ZERO: Argument = { type: INT, nullable: false, literal: { value: 0 }, sql: "0" };

/** A value that is not a number is compared with 0 as `=` compares them, and returned unchanged. */
function nullWhereZero(call: CallFacts): ScalarKernel {
  const compared = equalityType({ type: call.type, nullable: true }, ZERO, call);
  const mode = call.ansi ? "ansi" : "legacy";
  const zero = valueCast({ from: INT, to: compared, mode, timeZone: call.timeZone })(0 as never);
  const keep = unlessEqual(call, compared);
  return { kind: "row", prepare: () => (value: unknown) => keep(value, zero) };
}

export const NULLIFZERO: ScalarBuiltin = {
  kind: "scalar",
  name: "nullifzero",
  resolve: (args, context) => {
    requireArguments(args, context, 1);
    const [value] = args as readonly [Argument];
    equalityType(value, ZERO, context);
    return { args: [value.type], type: value.type, nullable: true };
  },
  kernel: (call) =>
    isNumeric(call.type)
      ? {
          kind: "emit",
          emit: ({ code }, [value], _, isNull) => {
            if (!value || !isNull) return;
            emitIsZero(code, value);
            code.set(isNull).get(value);
          },
        }
      : nullWhereZero(call),
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
    const [value] = args as readonly [Argument];
    const type = commonResult([value, ZERO], { ...context, name: "coalesce" });
    return { args: [type], type, nullable: false };
  },
  kernel: (call) =>
    call.type.kind === "string" ? ZERO_TEXT_IF_NULL : { kind: "emitLazy", emit: emitZeroIfNull },
  examples: [
    { sql: "SELECT zeroifnull(NULL)", rows: ["0"] },
    { sql: "SELECT zeroifnull(2)", rows: ["2"] },
  ],
};
