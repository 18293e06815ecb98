import type { DataType } from "../columnar/data-type.ts";
import { sqlType } from "../columnar/sql-type.ts";
import { AnalysisError } from "../common/errors.ts";
import type { Argument, ResolveContext } from "./builtin.ts";

/** A type as Spark's messages write it: `"DECIMAL(10,2)"`. */
export function quotedType(type: DataType): string {
  return `"${sqlType(type)}"`;
}

/** An argument as the user wrote it, where that is known, else its type. */
export function argumentText(argument: Argument): string {
  return argument.sql ?? sqlType(argument.type);
}

type Print = (args: readonly string[]) => string;

function callText(args: readonly Argument[], print: Print): string {
  return print(args.map(argumentText));
}

function mismatch(condition: string, call: string, reason: string): AnalysisError {
  return new AnalysisError({
    condition: `DATATYPE_MISMATCH.${condition}`,
    message: `Cannot resolve "${call}" due to data type mismatch: ${reason}`,
    sqlState: "42K09",
  });
}

/** The two sides have no type in common. */
export function differentOperands(args: readonly Argument[], print: Print): AnalysisError {
  const types = args.map((argument) => quotedType(argument.type)).join(" and ");
  return mismatch(
    "BINARY_OP_DIFF_TYPES",
    callText(args, print),
    `the left and right operands of the binary operator have incompatible types (${types}).`,
  );
}

/** Both sides are of one type, but the operator does not take it. `required` as in `"NUMERIC"`. */
export function wrongOperands(
  args: readonly Argument[],
  print: Print,
  required: string,
  actual: DataType,
): AnalysisError {
  return mismatch(
    "BINARY_OP_WRONG_TYPE",
    callText(args, print),
    `the binary operator requires the input type ${required}, not ${quotedType(actual)}.`,
  );
}

/** Arguments that should all be of one type have none in common. */
export function differentArguments(
  args: readonly Argument[],
  print: Print,
  name: string,
): AnalysisError {
  const types = args.map((argument) => quotedType(argument.type)).join(", ");
  return mismatch(
    "DATA_DIFF_TYPES",
    callText(args, print),
    `Input to \`${name}\` should all be the same type, but it's [${types}].`,
  );
}

const ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth"];

/** One argument is of a type the function does not take. `required` as in `"INT"`. */
export function unexpectedArgument(
  args: readonly Argument[],
  print: Print,
  index: number,
  required: string,
): AnalysisError {
  const argument = args[index];
  const type = argument ? quotedType(argument.type) : "nothing";
  return mismatch(
    "UNEXPECTED_INPUT_TYPE",
    callText(args, print),
    `The ${ORDINALS[index] ?? `${index + 1}th`} parameter requires the ${required} type, however "${argument ? argumentText(argument) : ""}" has the type ${type}.`,
  );
}

/** An argument that must be a constant is none. `required` as in `"INT"`. */
export function notConstant(
  args: readonly Argument[],
  print: Print,
  name: string,
  required: string,
): AnalysisError {
  return mismatch(
    "NON_FOLDABLE_INPUT",
    callText(args, print),
    `the input \`${name}\` should be a foldable ${required} expression.`,
  );
}

/** An argument's value is none of those required. */
export function invalidArgument(
  args: readonly Argument[],
  print: Print,
  name: string,
  required: string,
  actual: string,
): AnalysisError {
  return mismatch(
    "INVALID_ARG_VALUE",
    callText(args, print),
    `The \`${name}\` value must be a ${required} value, but got ${actual}.`,
  );
}

/** A constant argument must not be null. */
export function unexpectedNull(
  args: readonly Argument[],
  print: Print,
  name: string,
): AnalysisError {
  return mismatch("UNEXPECTED_NULL", callText(args, print), `The ${name} must not be null.`);
}

/** A constant argument is outside of `range`, as in `[0.0, 1.0]`. */
export function valueOutOfRange(
  args: readonly Argument[],
  print: Print,
  name: string,
  range: string,
  actual: string,
): AnalysisError {
  return mismatch(
    "VALUE_OUT_OF_RANGE",
    callText(args, print),
    `The ${name} must be between ${range} (current value = ${actual}).`,
  );
}

/** A text argument that must be one character long is not. */
export function notOneCharacter(
  args: readonly Argument[],
  print: Print,
  name: string,
): AnalysisError {
  return mismatch(
    "INPUT_SIZE_NOT_ONE",
    callText(args, print),
    `Length of \`${name}\` should be 1.`,
  );
}

/** An operation that needs an order got a type without one. */
export function unorderableArgument(
  args: readonly Argument[],
  print: Print,
  name: string,
  type: DataType,
): AnalysisError {
  return mismatch(
    "INVALID_ORDERING_TYPE",
    callText(args, print),
    `The \`${name}\` does not support ordering on type ${quotedType(type)}.`,
  );
}

/** A hash function got a type that holds maps. */
export function hashOfMap(args: readonly Argument[], name: string): AnalysisError {
  return mismatch(
    "HASH_MAP_TYPE",
    callText(args, (texts) => `${name}(${texts.join(", ")})`),
    `Input to the function \`${name}\` cannot contain elements of the "MAP" type. In Spark, same maps may have different hashcode, thus hash expressions are prohibited on "MAP" elements.`,
  );
}

/** `collect_set` got a type that holds maps. */
export function setOfMaps(args: readonly Argument[]): AnalysisError {
  return mismatch(
    "UNSUPPORTED_INPUT_TYPE",
    callText(args, (texts) => `collect_set(${texts.join(", ")})`),
    'The input of `collect_set` can\'t be "MAP" or "COLLATED STRING" type data.',
  );
}

/** Throws `WRONG_NUM_ARGS` where the number of arguments is not between `least` and `most`. */
export function requireArguments(
  args: readonly Argument[],
  context: ResolveContext,
  least: number,
  most = least,
): void {
  if (args.length >= least && args.length <= most) return;
  const expected =
    least === most
      ? String(least)
      : most === Number.POSITIVE_INFINITY
        ? `> ${least - 1}`
        : `[${Array.from({ length: most - least + 1 }, (_, i) => least + i).join(", ")}]`;
  throw new AnalysisError({
    condition: "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
    message: `The \`${context.name}\` requires ${expected} parameters but the actual number is ${args.length}.`,
    sqlState: "42605",
  });
}
