import { BOOLEAN, type DataType, DOUBLE, sameType, TIMESTAMP } from "../../columnar/data-type.ts";
import { isDatetime, isFractional, isInterval, isNumeric } from "../../columnar/type-class.ts";
import type { Argument, ResolveContext, Signature } from "../builtin.ts";
import { commonType } from "../coercion.ts";
import { decimalForLiteral } from "../decimal/decimal-types.ts";
import { differentOperands, requireArguments, unorderableArgument } from "../type-mismatch.ts";

/** The one type in which two values are compared; null where there is none. */
export function comparisonType(left: Argument, right: Argument, ansi: boolean): DataType | null {
  if (sameType(left.type, right.type)) return left.type;
  const types = [asCompared(left, right), asCompared(right, left)] as const;
  const kinds = types.map(({ kind }) => kind);
  if (!ansi && kinds.includes("string") && types.some(isInterval)) return null;
  return (ansi ? null : legacyWithString(...types)) ?? commonType(types, ansi);
}

/** An integral constant beside a decimal takes only as many digits as it has. */
function asCompared(argument: Argument, other: Argument): DataType {
  if (other.type.kind !== "decimal") return argument.type;
  return decimalForLiteral(argument.type, argument.literal?.value ?? null) ?? argument.type;
}

/** Without ANSI a string is compared as what stands on the other side. */
function legacyWithString(left: DataType, right: DataType): DataType | null {
  if (left.kind !== "string" && right.kind !== "string") return null;
  const other = left.kind === "string" ? right : left;
  if (other.kind === "timestamp") return TIMESTAMP;
  if (isDatetime(other) || other.kind === "boolean" || other.kind === "binary") return other;
  if (isFractional(other)) return DOUBLE;
  return isNumeric(other) ? other : null;
}

/** The number type in which a boolean and a number are tested for equality without ANSI; null for other pairs. */
export function booleanEqualityType(left: DataType, right: DataType): DataType | null {
  if (left.kind === "boolean" && isNumeric(right)) return right;
  return right.kind === "boolean" && isNumeric(left) ? left : null;
}

/** The signature of `=` and `<=>`: as of other comparisons, but that a boolean may be equal to a number without ANSI. */
export function resolveEquality(
  args: readonly Argument[],
  context: ResolveContext,
  print: (args: readonly string[]) => string,
): Signature {
  const [left, right] = args;
  const type = !context.ansi && left && right && booleanEqualityType(left.type, right.type);
  return type && args.length === 2
    ? { args: [type, type], type: BOOLEAN }
    : resolveComparison(args, context, print);
}

/** The signature of a comparison: both sides at their common type. Throws where there is none. */
export function resolveComparison(
  args: readonly Argument[],
  context: ResolveContext,
  print: (args: readonly string[]) => string,
): Signature {
  requireArguments(args, context, 2);
  const [left, right] = args as readonly [Argument, Argument];
  const type = comparisonType(left, right, context.ansi);
  if (!type) throw differentOperands(args, print);
  if (!isOrderable(type)) throw unorderableArgument(args, print, context.name, type);
  return { args: [type, type], type: BOOLEAN };
}

/** True if values of the type have an order: all but maps. */
export function isOrderable(type: DataType): boolean {
  switch (type.kind) {
    case "map":
      return false;
    case "array":
      return isOrderable(type.element);
    case "struct":
      return type.fields.every((f) => isOrderable(f.type));
    default:
      return true;
  }
}
