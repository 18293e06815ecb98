import { BOOLEAN, type DataType } from "../../columnar/data-type.ts";
import { fromLiteralJson } from "../../columnar/literal-json.ts";
import type {
  Argument,
  CallFacts,
  EmitContext,
  Evaluated,
  LazyOperand,
  ResolveContext,
  ScalarBuiltin,
  ScalarKernel,
  Signature,
} from "../builtin.ts";
import { commonType } from "../coercion.ts";
import { differentArguments, unorderableArgument } from "../type-mismatch.ts";
import { valueComparator } from "../value-order.ts";
import { isOrderable } from "./comparison-type.ts";
import { emitEqual, hasEmittedOrder } from "./emit-comparison.ts";

const MIN_SET_SIZE = 100;

const print = ([value = "", ...list]: readonly string[]): string =>
  `(${value} IN (${list.join(", ")}))`;

function resolve(args: readonly Argument[], context: ResolveContext): Signature {
  const type = commonType(
    args.map((argument) => argument.type),
    context.ansi,
  );
  if (!type) throw differentArguments(args, print, "in");
  if (!isOrderable(type)) throw unorderableArgument(args, print, "in", type);
  return { args: args.map(() => type), type: BOOLEAN };
}

/** The value once, then the list in order until one is equal. Null where none is, but something is null. */
function emit(context: EmitContext, operands: readonly LazyOperand[], type: DataType): Evaluated {
  const { code } = context;
  const value = code.local("i32");
  const nullable = operands.some((operand) => operand.nullable);
  const isNull = nullable ? code.local("i32") : null;
  const [first, ...list] = operands;
  code.i32(0).set(value);
  if (isNull) code.i32(0).set(isNull);
  code.block((found) => {
    const wanted = first?.evaluate();
    if (!wanted) return;
    if (wanted.isNull && isNull) code.get(wanted.isNull).tee(isNull).branchIf(found);
    for (const operand of list) {
      const item = operand.evaluate();
      const equals = (): void => {
        emitEqual(context, type, wanted.value, item.value);
        code.if(() => {
          code.i32(1).set(value);
          if (isNull) code.i32(0).set(isNull);
          code.branch(found);
        });
      };
      if (item.isNull && isNull) code.get(item.isNull).if(() => code.i32(1).set(isNull), equals);
      else equals();
    }
  });
  return { value, isNull };
}

/** A value and many constants: found by hash, as comparing with each would take more code than a compiler bears. */
function constantSet({ args: [wanted, ...list] }: CallFacts): ReadonlySet<unknown> | null {
  if (wanted === undefined || list.length < MIN_SET_SIZE) return null;
  const set = new Set<unknown>();
  for (const { type, literal } of list) {
    if (literal === undefined) return null;
    const value = fromLiteralJson(type, literal.value);
    if (value !== null && typeof value === "object") return null;
    set.add(value);
  }
  return set;
}

function setKernel(set: ReadonlySet<unknown>): ScalarKernel {
  const otherwise = set.has(null) ? null : false;
  return {
    kind: "row",
    handlesNulls: true,
    passes: 1,
    prepare: () => (wanted: unknown) =>
      wanted === null ? null : set.has(wanted) ? true : otherwise,
  };
}

export const IN: ScalarBuiltin = {
  kind: "scalar",
  name: "in",
  resolve,
  kernel: (call) => {
    const set = constantSet(call);
    if (set) return setKernel(set);
    const type = call.args[0]?.type ?? call.type;
    if (hasEmittedOrder(type))
      return { kind: "emitLazy", emit: (context, operands) => emit(context, operands, type) };
    const compare = valueComparator(type);
    return {
      kind: "row",
      handlesNulls: true,
      prepare:
        () =>
        (wanted: unknown, ...list: unknown[]) => {
          if (wanted === null) return null;
          if (list.some((item) => item !== null && compare(wanted, item) === 0)) return true;
          return list.includes(null) ? null : false;
        },
    };
  },
  print,
  examples: [
    { sql: "SELECT 1 in(1, 2, 3)", rows: ["true"] },
    { sql: "SELECT 1 in(2, 3, 4)", rows: ["false"] },
    { sql: "SELECT 3 in(1, 2, NULL)", rows: ["NULL"] },
  ],
};
