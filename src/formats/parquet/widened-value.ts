import type { DataType } from "../../columnar/data-type.ts";
import { MICROS_PER_DAY } from "../../columnar/datetime/calendar.ts";
import { decodeText, encodeText } from "../../columnar/text-bytes.ts";

/** How a JavaScript value of a file's type becomes one of a wider type, where `conversionOf` allows the two. */
export function widenedValue(from: DataType, to: DataType): (value: unknown) => unknown {
  switch (to.kind) {
    case "decimal": {
      const factor = 10n ** BigInt(to.scale - (from.kind === "decimal" ? from.scale : 0));
      return (value) => BigInt(value as number | bigint) * factor;
    }
    case "byte":
      return (value) => ((value as number) << 24) >> 24;
    case "short":
      return (value) => ((value as number) << 16) >> 16;
    case "long":
      return (value) => BigInt(value as number | bigint);
    case "timestamp_ntz":
      if (from.kind !== "date") return (value) => value;
      return (value) => BigInt(value as number) * MICROS_PER_DAY;
    case "binary":
      return (value) => encodeText(value as string);
    case "string":
      return (value) => decodeText(value as Uint8Array);
    default:
      return (value) => value;
  }
}
