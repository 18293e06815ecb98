import type { DataType } from "../../columnar/data-type.ts";
import { encodeText } from "../../columnar/text-bytes.ts";

/** How one family of hashes takes the primitives; each call goes on from the hash so far. */
export interface Hasher<H> {
  int(value: number, hash: H): H;
  long(value: bigint, hash: H): H;
  bytes(value: Uint8Array, hash: H): H;
}

const scratch = new DataView(new ArrayBuffer(8));

/** The hash of a JavaScript value of a type, as Spark's `HashExpression`: null changes nothing. */
export function hashValue<H>(hasher: Hasher<H>, type: DataType, value: unknown, hash: H): H {
  if (value === null) return hash;
  switch (type.kind) {
    case "boolean":
      return hasher.int(value ? 1 : 0, hash);
    case "byte":
    case "short":
    case "int":
    case "date":
    case "year_month_interval":
      return hasher.int(value as number, hash);
    case "float":
      scratch.setFloat32(0, (value as number) + 0);
      return hasher.int(Number.isNaN(value) ? 0x7fc00000 : scratch.getInt32(0), hash);
    case "double":
      scratch.setFloat64(0, (value as number) + 0);
      return hasher.long(Number.isNaN(value) ? 0x7ff8n << 48n : scratch.getBigInt64(0), hash);
    case "decimal":
      return type.precision <= 18
        ? hasher.long(value as bigint, hash)
        : hasher.bytes(bigIntegerBytes(value as bigint), hash);
    case "string":
      return hasher.bytes(encodeText(value as string), hash);
    case "binary":
      return hasher.bytes(value as Uint8Array, hash);
    case "array":
    case "map":
    case "struct":
      return hashNested(hasher, type, value as readonly unknown[], hash);
    default:
      return hasher.long(value as bigint, hash);
  }
}

function hashNested<H>(hasher: Hasher<H>, type: DataType, values: readonly unknown[], hash: H): H {
  if (type.kind === "struct")
    return type.fields.reduce((h, f, i) => hashValue(hasher, f.type, values[i] ?? null, h), hash);
  if (type.kind === "array")
    return values.reduce<H>((h, item) => hashValue(hasher, type.element, item, h), hash);
  if (type.kind !== "map") return hash;
  return (values as readonly (readonly [unknown, unknown])[]).reduce<H>(
    (h, [key, item]) => hashValue(hasher, type.value, item, hashValue(hasher, type.key, key, h)),
    hash,
  );
}

/** Two's complement from the highest byte down, as short as can be. */
function bigIntegerBytes(value: bigint): Uint8Array {
  let size = 1;
  while (BigInt.asIntN(8 * size, value) !== value) size++;
  return Uint8Array.from({ length: size }, (_, i) =>
    Number((value >> BigInt(8 * (size - 1 - i))) & 255n),
  );
}
