import {
  BINARY,
  BOOLEAN,
  DATE,
  type DataType,
  DOUBLE,
  decimal,
  INT,
  isNested,
  LONG,
  STRING,
  TIMESTAMP,
  TIMESTAMP_NTZ,
} from "../columnar/data-type.ts";
import type { Argument, ResolveContext, ScalarBuiltin, Signature } from "./builtin.ts";
import { quotedType as quoted, requireArguments, unexpectedArgument } from "./type-mismatch.ts";

/** What a function takes at one place. */
export interface Parameter {
  /** The types it takes as they are, as Spark's messages write them. */
  readonly requires: string;
  /** The type an argument is cast to, or null where the argument does not fit. */
  readonly accept: (type: DataType, ansi?: boolean) => DataType | null;
}

type Kind = DataType["kind"];

const NUMBERS: readonly Kind[] = ["byte", "short", "int", "long", "float", "double", "decimal"];
const DATETIMES: readonly Kind[] = ["date", "timestamp", "timestamp_ntz"];

const castFrom =
  (kinds: readonly Kind[], to: DataType) =>
  (type: DataType): DataType | null =>
    type.kind === to.kind || type.kind === "null" || kinds.includes(type.kind) ? to : null;

const one = (to: DataType, from: readonly Kind[]): Parameter => ({
  requires: quoted(to),
  accept: castFrom(from, to),
});

const atomicTo = (to: DataType) => (type: DataType) => (isNested(type) ? null : to);

/** Any type that is not nested, as text. */
export const STRING_PARAMETER: Parameter = { requires: quoted(STRING), accept: atomicTo(STRING) };
/** Text and nothing else. */
export const ONLY_STRING_PARAMETER: Parameter = one(STRING, []);
/** Text or binary as it is, any other type that is not nested as text. */
export const TEXT_OR_BINARY_PARAMETER: Parameter = {
  requires: '("STRING" or "BINARY")',
  accept: (type) => (type.kind === "binary" ? type : atomicTo(STRING)(type)),
};
/** Binary; text as its UTF-8 bytes. */
export const BINARY_PARAMETER: Parameter = one(BINARY, ["string"]);
/** A boolean; under ANSI also text that names one. */
export const BOOLEAN_PARAMETER: Parameter = {
  requires: quoted(BOOLEAN),
  accept: (type, ansi) => castFrom(ansi ? ["string"] : [], BOOLEAN)(type),
};
/** A number that is cast to int, or text of one. */
export const INT_PARAMETER: Parameter = one(INT, [...NUMBERS, "string"]);
/** A number that is cast to bigint, or text of one. */
export const LONG_PARAMETER: Parameter = one(LONG, [...NUMBERS, "string"]);
/** An integer of any size, as a bigint. */
export const INTEGRAL_PARAMETER: Parameter = {
  requires: '"INTEGRAL"',
  accept: castFrom(["byte", "short", "int", "long"], LONG),
};
/** A number that is cast to double, or text of one. */
export const DOUBLE_PARAMETER: Parameter = one(DOUBLE, [...NUMBERS, "string"]);
/** A date, the day of a timestamp, or text of one. */
export const DATE_PARAMETER: Parameter = one(DATE, [...DATETIMES, "string"]);
/** A date and nothing else. */
export const ONLY_DATE_PARAMETER: Parameter = one(DATE, []);
/** An instant, a local time that is cast to one, or text of one. */
export const TIMESTAMP_PARAMETER: Parameter = one(TIMESTAMP, [...DATETIMES, "string"]);
/** An instant and nothing else. */
export const ONLY_TIMESTAMP_PARAMETER: Parameter = one(TIMESTAMP, []);
/** A local time, an instant that is cast to one, or text of one. */
export const TIMESTAMP_NTZ_PARAMETER: Parameter = one(TIMESTAMP_NTZ, [...DATETIMES, "string"]);
/** A timestamp of either kind as it is; dates and text become an instant. */
export const ANY_TIMESTAMP_PARAMETER: Parameter = {
  requires: '("TIMESTAMP" or "TIMESTAMP_NTZ")',
  accept: (type) =>
    type.kind === "timestamp_ntz" ? type : castFrom([...DATETIMES, "string"], TIMESTAMP)(type),
};
/** A number with up to `scale` digits behind the point. */
export const decimalParameter = (precision: number, scale: number): Parameter =>
  one(decimal(precision, scale), [...NUMBERS, "string"]);

/**
 * The types arguments are cast to. `required`: how many of the parameters cannot be left out. Throws
 * `WRONG_NUM_ARGS.WITHOUT_SUGGESTION` or `DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE`.
 */
export function typeArguments(
  args: readonly Argument[],
  context: ResolveContext,
  parameters: readonly Parameter[],
  required = parameters.length,
): readonly DataType[] {
  requireArguments(args, context, required, parameters.length);
  return args.map((_, i) => typeArgument(args, i, context, parameters[i] ?? STRING_PARAMETER));
}

/** As `typeArguments`, for any number of arguments of one kind. */
export function typeVariadic(
  args: readonly Argument[],
  context: ResolveContext,
  parameter: Parameter,
): readonly DataType[] {
  return args.map((_, i) => typeArgument(args, i, context, parameter));
}

/** A type rule: fixed parameters and a fixed result. */
export function takes(
  parameters: readonly Parameter[],
  type: DataType,
  options: { readonly required?: number; readonly nullable?: boolean } = {},
): ScalarBuiltin["resolve"] {
  return (args, context): Signature => ({
    args: typeArguments(args, context, parameters, options.required),
    type,
    ...(options.nullable === undefined ? {} : { nullable: options.nullable }),
  });
}

function typeArgument(
  args: readonly Argument[],
  index: number,
  context: ResolveContext,
  parameter: Parameter,
): DataType {
  const type = parameter.accept(args[index]?.type ?? STRING, context.ansi);
  if (type !== null) return type;
  const print = (texts: readonly string[]): string => `${context.name}(${texts.join(", ")})`;
  throw unexpectedArgument(args, print, index, parameter.requires);
}
