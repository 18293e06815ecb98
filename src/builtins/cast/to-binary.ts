import { encodeText } from "../../columnar/text-bytes.ts";
import type { CastFacts, ValueCast } from "./cast-facts.ts";

const SIZE_BYTES: { readonly [kind: string]: number } = { byte: 1, short: 2, int: 4, long: 8 };

/** Casts to binary: a string's own, an integer's bytes from the highest down. */
export function toBinary(facts: CastFacts): ValueCast {
  if (facts.from.kind === "string") return encodeText;
  const size = SIZE_BYTES[facts.from.kind] ?? 8;
  return (value: bigint | number) => {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigInt64(0, BigInt(value));
    return bytes.slice(8 - size);
  };
}
