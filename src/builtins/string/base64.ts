import { BINARY, STRING } from "../../columnar/data-type.ts";
import { DataError } from "../../common/errors.ts";
import type { ScalarBuiltin } from "../builtin.ts";
import { BINARY_PARAMETER, STRING_PARAMETER, takes } from "../parameters.ts";

const LINE_LENGTH = 76;
const OUTSIDE = /[^A-Za-z0-9+/]/g;

/** MIME base64: lines of 76 characters. */
export const BASE64: ScalarBuiltin = {
  kind: "scalar",
  name: "base64",
  resolve: takes([BINARY_PARAMETER], STRING),
  kernel: {
    kind: "row",
    prepare: () => (bytes: Uint8Array) => {
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");
      if (text.length <= LINE_LENGTH) return text;
      return (text.match(/.{1,76}/g) ?? []).join("\r\n");
    },
  },
  examples: [{ sql: "SELECT base64('Spark SQL'), base64(x'ff')", rows: ["U3BhcmsgU1FM\t/w=="] }],
};

/** The inverse of `base64`; characters outside of its alphabet are passed over. */
export const UNBASE64: ScalarBuiltin = {
  kind: "scalar",
  name: "unbase64",
  resolve: takes([STRING_PARAMETER], BINARY),
  kernel: { kind: "row", prepare: () => decodeBase64 },
  examples: [{ sql: "SELECT unbase64('U3BhcmsgU1FM'), unbase64('YWI')", rows: ["Spark SQL\tab"] }],
};

/** As Java's MIME decoder: padding completes two or three characters, and none of the alphabet stands behind it. */
function decodeBase64(text: string): Uint8Array {
  const padding = text.indexOf("=");
  const digits = (padding < 0 ? text : text.slice(0, padding)).replace(OUTSIDE, "");
  const rest = digits.length % 4;
  const isComplete = padding < 0 ? rest !== 1 : isPadding(text.slice(padding), rest);
  if (!isComplete) throw invalidBase64(text);
  return Buffer.from(digits, "base64");
}

function isPadding(text: string, rest: number): boolean {
  return (rest === 3 || (rest === 2 && text.startsWith("=="))) && text.replace(OUTSIDE, "") === "";
}

function invalidBase64(text: string): DataError {
  return new DataError({
    condition: "CONVERSION_INVALID_INPUT",
    message: `The value '${text}' (STRING) cannot be converted to BINARY because it is malformed. Correct the value as per the syntax, or change its format.`,
    sqlState: "22018",
  });
}
