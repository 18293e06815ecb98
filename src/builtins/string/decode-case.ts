import { type DataType, STRING } from "../../columnar/data-type.ts";
import type { Argument, ResolveContext, Signature } from "../builtin.ts";
import { commonType } from "../coercion.ts";
import { infix } from "../operator/infix.ts";
import { argumentText, differentArguments, differentOperands } from "../type-mismatch.ts";

/** Without a default the last result is a null of text. */
const NO_DEFAULT: Argument = { type: STRING, nullable: true };

const typeOf = (argument: Argument): DataType => argument.type;

/** The types of `decode(value, search, result, …, default)`: searches as the value, results as one another. */
export function resolveDecodeCase(args: readonly Argument[], context: ResolveContext): Signature {
  const isResult = (index: number): boolean =>
    index > 0 && (index % 2 === 0 || index === args.length - 1);
  const [value, ...others] = args as readonly [Argument, ...Argument[]];
  const searches = others.filter((_, i) => !isResult(i + 1));
  const compared = commonType([value, ...searches].map(typeOf), context.ansi);
  const unlike = searches.find((search) => !commonType([value, search].map(typeOf), context.ansi));
  if (compared === null) throw differentOperands([value, unlike ?? value], infix("<=>"));
  const results = args.filter((_, i) => isResult(i));
  const otherwise = args.length % 2 === 1 ? [NO_DEFAULT] : [];
  const result = commonType([...results, ...otherwise].map(typeOf), context.ansi);
  if (result === null)
    throw differentArguments(
      [...results, ...otherwise],
      () => `decode(${args.map(argumentText).join(", ")})`,
      "casewhen",
    );
  return {
    args: args.map((_, i) => (isResult(i) ? result : compared)),
    type: result,
    nullable: true,
  };
}

/** See `DECODE`. */
export function decodeCase(value: unknown, ...rest: readonly unknown[]): unknown {
  for (let i = 0; i + 1 < rest.length; i += 2) if (sameValue(value, rest[i])) return rest[i + 1];
  return rest.length % 2 === 1 ? rest.at(-1) : null;
}

function sameValue(a: unknown, b: unknown): boolean {
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b) === 0;
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}
