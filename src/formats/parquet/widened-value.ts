import type { DataType } from "../../columnar/data-type.ts";
import { MICROS_PER_DAY } from "../../columnar/datetime/calendar.ts";

const utf8 = new TextEncoder();
const text = new TextDecoder("utf-8", { ignoreBOM: true });

/** How a JavaScript value of a file's type becomes one of a wider type, where `conversionOf` allows the two. */
export function widenedValue(from: DataType, to: DataType): (value: unknown) => unknown {
  switch (to.kind) {
    case "decimal": {
      const factor = 10n ** BigInt(to.scale - (from.kind === "decimal" ? from.scale : 0));
      return (value) => BigInt(value as number | bigint) * factor;
    }
    case "long":
      return (value) => BigInt(value as number);
    case "timestamp_ntz":
      return (value) => BigInt(value as number) * MICROS_PER_DAY;
    case "binary":
      return (value) => utf8.encode(value as string);
    case "string":
      return (value) => text.decode(value as Uint8Array);
    default:
      return (value) => value;
  }
}
