import { BOOLEAN } from "../../columnar/data-type.ts";
import type {
  Argument,
  EmitContext,
  Evaluated,
  LazyOperand,
  ResolveContext,
  ScalarBuiltin,
  Signature,
} from "../builtin.ts";
import { requireArguments, unexpectedArgument } from "../type-mismatch.ts";
import { infix } from "./infix.ts";
import { operandError } from "./numeric-operands.ts";

type Print = (args: readonly string[]) => string;

/** Text counts as a condition under ANSI only. */
function isCondition({ type }: Argument, { ansi }: ResolveContext): boolean {
  return type.kind === "boolean" || type.kind === "null" || (ansi && type.kind === "string");
}

function resolveLogic(args: readonly Argument[], context: ResolveContext, print: Print): Signature {
  requireArguments(args, context, 2);
  const other = args.find((argument) => !isCondition(argument, context));
  const known = args.some(({ type }) => type.kind === "boolean");
  const text = args.some(({ type }) => type.kind === "string");
  const unknown = args.every(({ type }) => type.kind === "null");
  if (other) throw operandError(args, context, print, '"BOOLEAN"');
  if (text && !known && !unknown) throw operandError(args, context, print, '"BOOLEAN"');
  return { args: [BOOLEAN, BOOLEAN], type: BOOLEAN };
}

/**
 * AND and OR are one: `decisive` is the value on either side that decides alone (0 for AND, 1 for OR), null or not on
 * the other side; the right side is not evaluated where the left one decides.
 */
function emitLogic(
  context: EmitContext,
  operands: readonly LazyOperand[],
  decisive: 0 | 1,
): Evaluated {
  const { code } = context;
  const value = code.local("i32");
  const nullable = operands.some((operand) => operand.nullable);
  const isNull = nullable ? code.local("i32") : null;
  const [leftOperand, rightOperand] = operands;
  const left = leftOperand?.evaluate();
  if (!left || !rightOperand) return { value, isNull };
  code.i32(decisive).set(value);
  if (isNull) code.i32(0).set(isNull);
  pushDecides(context, left, decisive);
  code.op("i32.eqz").if(() => {
    const right = rightOperand.evaluate();
    if (!isNull) {
      code.get(right.value).set(value);
      return;
    }
    pushDecides(context, right, decisive);
    code.op("i32.eqz").if(() => {
      code.i32(1 - decisive).set(value);
      pushIsNull(context, left);
      pushIsNull(context, right);
      code.op("i32.or").set(isNull);
    });
  });
  return { value, isNull };
}

function pushDecides(context: EmitContext, side: Evaluated, decisive: 0 | 1): void {
  const { code } = context;
  code.get(side.value);
  if (decisive === 0) code.op("i32.eqz");
  if (side.isNull) code.get(side.isNull).op("i32.eqz").op("i32.and");
}

function pushIsNull(context: EmitContext, side: Evaluated): void {
  if (side.isNull) context.code.get(side.isNull);
  else context.code.i32(0);
}

export const AND: ScalarBuiltin = {
  kind: "scalar",
  name: "and",
  resolve: (args, context) => resolveLogic(args, context, infix("AND")),
  kernel: { kind: "emitLazy", emit: (context, operands) => emitLogic(context, operands, 0) },
  print: infix("AND"),
  examples: [
    { sql: "SELECT true and true", rows: ["true"] },
    { sql: "SELECT true and NULL", rows: ["NULL"] },
    { sql: "SELECT false and NULL", rows: ["false"] },
  ],
};

export const OR: ScalarBuiltin = {
  kind: "scalar",
  name: "or",
  resolve: (args, context) => resolveLogic(args, context, infix("OR")),
  kernel: { kind: "emitLazy", emit: (context, operands) => emitLogic(context, operands, 1) },
  print: infix("OR"),
  examples: [
    { sql: "SELECT true or false", rows: ["true"] },
    { sql: "SELECT true or NULL", rows: ["true"] },
    { sql: "SELECT false or NULL", rows: ["NULL"] },
  ],
};

const printNot: Print = ([child = ""]) => `(NOT ${child})`;

export const NOT: ScalarBuiltin = {
  kind: "scalar",
  name: "not",
  aliases: ["!"],
  resolve: (args, context) => {
    requireArguments(args, context, 1);
    if (!args.every((argument) => isCondition(argument, context)))
      throw unexpectedArgument(args, printNot, 0, '"BOOLEAN"');
    return { args: [BOOLEAN], type: BOOLEAN };
  },
  kernel: {
    kind: "emit",
    emit: ({ code }, [value]) => {
      if (value) code.get(value).op("i32.eqz");
    },
  },
  print: printNot,
  examples: [
    { sql: "SELECT not true", rows: ["false"] },
    { sql: "SELECT not NULL", rows: ["NULL"] },
  ],
};
