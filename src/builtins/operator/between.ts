import { BOOLEAN, type DataType } from "../../columnar/data-type.ts";
import type {
  Argument,
  CallFacts,
  EmitContext,
  Evaluated,
  LazyOperand,
  ResolveContext,
  ScalarBuiltin,
  Signature,
} from "../builtin.ts";
import { commonType } from "../coercion.ts";
import { differentOperands, requireArguments } from "../type-mismatch.ts";
import { valueComparator } from "../value-order.ts";
import { comparisonType } from "./comparison-type.ts";
import { emitComparisonOfPresent, emitLessOrEqual, hasEmittedOrder } from "./emit-comparison.ts";

const print = ([value = "", low = "", high = ""]: readonly string[]): string =>
  `between(${value}, ${low}, ${high})`;

function resolve(args: readonly Argument[], context: ResolveContext): Signature {
  if (args.length === 4) return { args: args.map(({ type }) => type), type: BOOLEAN };
  requireArguments(args, context, 3);
  const [value, low, high] = args as readonly [Argument, Argument, Argument];
  const fromLow = comparisonType(value, low, context.ansi);
  const fromHigh = comparisonType(value, high, context.ansi);
  const type = fromLow && fromHigh && commonType([fromLow, fromHigh], context.ansi);
  if (!type) throw differentOperands(fromLow ? [value, high] : [value, low], (a) => a.join(" >= "));
  return { args: [type, type, type], type: BOOLEAN };
}

interface BoundTypes {
  readonly lowType: DataType;
  readonly highType: DataType;
}

const boundTypes = ({ args: [value, , , asHigh], type }: CallFacts): BoundTypes => ({
  lowType: value?.type ?? type,
  highType: asHigh?.type ?? value?.type ?? type,
});

/**
 * As `value >= low AND value <= high`: one false side decides although the other is null. A fourth operand is the value
 * in the type in which it is compared with `high`, where that is another.
 */
function emit(
  context: EmitContext,
  operands: readonly LazyOperand[],
  { lowType, highType }: BoundTypes,
): Evaluated {
  const { code } = context;
  const value = code.local("i32");
  const nullable = operands.some((operand) => operand.nullable);
  const isNull = nullable ? code.local("i32") : null;
  const sides = operands.map((operand) => operand.evaluate());
  const [tested, low, high, testedAsHigh = tested] = sides;
  if (!tested || !low || !high || !testedAsHigh) return { value, isNull };
  const pushHolds = (type: DataType, a: Evaluated, b: Evaluated): void => {
    emitComparisonOfPresent(context, type, emitLessOrEqual, [a, b]);
    for (const side of [a, b]) if (side.isNull) code.get(side.isNull).op("i32.or");
  };
  pushHolds(lowType, low, tested);
  pushHolds(highType, testedAsHigh, high);
  code.op("i32.and").set(value);
  if (isNull) {
    code.i32(0);
    for (const side of sides) if (side.isNull) code.get(side.isNull).op("i32.or");
    code.get(value).op("i32.and").set(isNull);
  }
  return { value, isNull };
}

export const BETWEEN: ScalarBuiltin = {
  kind: "scalar",
  name: "between",
  resolve,
  kernel: (call) => {
    const types = boundTypes(call);
    const { lowType, highType } = types;
    if (hasEmittedOrder(lowType) && hasEmittedOrder(highType))
      return { kind: "emitLazy", emit: (context, operands) => emit(context, operands, types) };
    const holdsFor = (type: DataType) => {
      const compare = valueComparator(type);
      return (a: unknown, b: unknown): boolean | null =>
        a === null || b === null ? null : compare(a, b) <= 0;
    };
    const [isAbove, isBelow] = [holdsFor(lowType), holdsFor(highType)];
    return {
      kind: "row",
      handlesNulls: true,
      prepare:
        () =>
        (value: unknown, low: unknown, high: unknown, asHigh: unknown = value) => {
          const sides = [isAbove(low, value), isBelow(asHigh, high)];
          if (sides.includes(false)) return false;
          return sides.includes(null) ? null : true;
        },
    };
  },
  print,
  examples: [
    { sql: "SELECT 2 between 1 and 3", rows: ["true"] },
    { sql: "SELECT 1 between '0' and 2", rows: ["true"] },
    { sql: "SELECT 5 between NULL and 3", rows: ["false"] },
    { sql: "SELECT '10' between 9 and '11'", rows: ["true"] },
  ],
};
