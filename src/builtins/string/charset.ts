import { BINARY, STRING } from "../../columnar/data-type.ts";
import { encodeText } from "../../columnar/text-bytes.ts";
import { DataError } from "../../common/errors.ts";
import type { ScalarBuiltin } from "../builtin.ts";
import { BINARY_PARAMETER, STRING_PARAMETER, takes } from "../parameters.ts";

interface Charset {
  /** Null where a character has no bytes. */
  encode(text: string): Uint8Array | null;
  /** Null where bytes are no text. */
  decode(bytes: Uint8Array): string | null;
}

const CHARSETS: { readonly [name: string]: Charset } = {
  "utf-8": {
    encode: encodeText,
    decode: (bytes) => decodeStrictly("utf-8", bytes),
  },
  "iso-8859-1": singleByte(255),
  "us-ascii": singleByte(127),
  "utf-16": {
    encode: (text) => (text === "" ? new Uint8Array(0) : utf16(`\ufeff${text}`, false)),
    decode: (bytes) => {
      const isLittle = bytes[0] === 0xff && bytes[1] === 0xfe;
      const hasMark = isLittle || (bytes[0] === 0xfe && bytes[1] === 0xff);
      return decodeStrictly(
        isLittle ? "utf-16le" : "utf-16be",
        hasMark ? bytes.subarray(2) : bytes,
      );
    },
  },
  "utf-16be": {
    encode: (text) => utf16(text, false),
    decode: (bytes) => decodeStrictly("utf-16be", bytes),
  },
  "utf-16le": {
    encode: (text) => utf16(text, true),
    decode: (bytes) => decodeStrictly("utf-16le", bytes),
  },
  "utf-32": { encode: encodeUtf32, decode: decodeUtf32 },
};

/** Text in bytes of a character set. Fails with `MALFORMED_CHARACTER_CODING` or `INVALID_PARAMETER_VALUE.CHARSET`. */
export const ENCODE: ScalarBuiltin = {
  kind: "scalar",
  name: "encode",
  resolve: takes([STRING_PARAMETER, STRING_PARAMETER], BINARY),
  kernel: {
    kind: "row",
    text: "readable",
    prepare: () => (text: string, charset: string) =>
      charsetNamed(charset, "encode").encode(text) ?? fail("encode", charset),
  },
  examples: [{ sql: "SELECT encode('abc', 'utf-8')", rows: ["abc"] }],
};

/** Bytes of a character set as text, failing as `encode` does. With more arguments analysis makes a CASE of it. */
export const DECODE: ScalarBuiltin = {
  kind: "scalar",
  name: "decode",
  resolve: takes([BINARY_PARAMETER, STRING_PARAMETER], STRING),
  kernel: { kind: "row", prepare: () => decodeBytes },
  examples: [
    { sql: "SELECT decode(encode('abc', 'utf-8'), 'utf-8')", rows: ["abc"] },
    { sql: "SELECT decode(x'e9', 'ISO-8859-1'), decode(x'feff0041', 'UTF-16')", rows: ["é\tA"] },
    {
      sql: "SELECT decode(2, 1, 'Southlake', 2, 'San Francisco', 'elsewhere')",
      rows: ["San Francisco"],
    },
    {
      sql: "SELECT decode(6, 1, 'Southlake', 2, 'San Francisco', 'elsewhere')",
      rows: ["elsewhere"],
    },
    { sql: "SELECT decode(null, 6, 'Spark', NULL, 'SQL', 4, 'rocks')", rows: ["SQL"] },
  ],
};

function decodeBytes(bytes: Uint8Array, charset: string): string {
  return charsetNamed(charset, "decode").decode(bytes) ?? fail("decode", charset);
}

function charsetNamed(name: string, functionName: string): Charset {
  const charset = CHARSETS[name.toLowerCase()];
  if (charset !== undefined) return charset;
  throw new DataError({
    condition: "INVALID_PARAMETER_VALUE.CHARSET",
    message: `The value of parameter(s) \`charset\` in \`${functionName}\` is invalid: expects one of the iso-8859-1, us-ascii, utf-16, utf-16be, utf-16le, utf-32, utf-8, but got ${name}.`,
    sqlState: "22023",
  });
}

function fail(functionName: string, charset: string): never {
  throw new DataError({
    condition: "MALFORMED_CHARACTER_CODING",
    message: `Invalid value found when performing \`${functionName}\` with ${charset}`,
    sqlState: "22000",
  });
}

function decodeStrictly(label: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function singleByte(last: number): Charset {
  return {
    encode: (text) => {
      const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
      return [...text].every((character) => character.charCodeAt(0) <= last) ? bytes : null;
    },
    decode: (bytes) =>
      bytes.every((byte) => byte <= last)
        ? Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")
        : null,
  };
}

function utf16(text: string, isLittle: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), isLittle);
  return bytes;
}

function encodeUtf32(text: string): Uint8Array {
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const bytes = new Uint8Array(points.length * 4);
  const view = new DataView(bytes.buffer);
  points.forEach((point, i) => {
    view.setUint32(i * 4, point);
  });
  return bytes;
}

/** A mark at the start says the order of bytes; without one the highest comes first. */
function decodeUtf32(bytes: Uint8Array): string | null {
  if (bytes.length % 4 !== 0) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const isLittle = bytes.length > 0 && view.getUint32(0) === 0xfffe0000;
  const points = Array.from({ length: bytes.length / 4 }, (_, i) =>
    view.getUint32(i * 4, isLittle),
  );
  if (points[0] === 0xfeff) points.shift();
  if (points.some((point) => point > 0x10ffff)) return null;
  return points.map((point) => String.fromCodePoint(point)).join("");
}
