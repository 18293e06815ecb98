import type { DataType } from "../../columnar/data-type.ts";
import type { Argument, ResolveContext, Signature } from "../builtin.ts";
import { commonType } from "../coercion.ts";
import { differentArguments } from "../type-mismatch.ts";

/** The types of `decode(value, search, result, …, default)`: searches as the value, results as one another. */
export function resolveDecodeCase(args: readonly Argument[], context: ResolveContext): Signature {
  const isResult = (index: number): boolean =>
    index > 0 && (index % 2 === 0 || index === args.length - 1);
  const common = (wanted: boolean): DataType => {
    const types = args.filter((_, i) => isResult(i) === wanted);
    const type = commonType(
      types.map((arg) => arg.type),
      context.ansi,
    );
    if (type !== null) return type;
    throw differentArguments(types, (texts) => `decode(${texts.join(", ")})`, "decode");
  };
  const value = common(false);
  const result = common(true);
  return { args: args.map((_, i) => (isResult(i) ? result : value)), type: result, nullable: true };
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
