import { INT, STRING } from "../../columnar/data-type.ts";
import type { ScalarBuiltin } from "../builtin.ts";
import {
  INT_PARAMETER,
  STRING_PARAMETER,
  TEXT_OR_BINARY_PARAMETER,
  takes,
  typeArguments,
} from "../parameters.ts";
import { differentArguments } from "../type-mismatch.ts";
import { byBytes, characterCount, charactersOf, substringOf } from "./characters.ts";

const MAX_INT = 2_147_483_647;

/** Every occurrence of a text replaced, by nothing where no third argument is given. */
export const REPLACE: ScalarBuiltin = {
  kind: "scalar",
  name: "replace",
  resolve: takes([STRING_PARAMETER, STRING_PARAMETER, STRING_PARAMETER], STRING, { required: 2 }),
  kernel: {
    kind: "row",
    prepare: () =>
      byBytes((text = "", search = "", replacement = "") =>
        search === "" ? text : text.replaceAll(search, () => replacement),
      ),
  },
  print: (args) => `replace(${[...args, ...(args.length === 2 ? [""] : [])].join(", ")})`,
  examples: [
    { sql: "SELECT replace('ABCabc', 'abc', 'DEF')", rows: ["ABCDEF"] },
    { sql: "SELECT replace('abc', 'b'), replace('abc', '', 'x')", rows: ["ac\tabc"] },
  ],
};

/** Each character that is in the second argument becomes the one at its place in the third, or is left out. */
export const TRANSLATE: ScalarBuiltin = {
  kind: "scalar",
  name: "translate",
  resolve: takes([STRING_PARAMETER, STRING_PARAMETER, STRING_PARAMETER], STRING),
  kernel: {
    kind: "row",
    text: "readable",
    prepare: () => {
      const dictionary = cachedDictionary();
      return (text: string, from: string, to: string) => {
        const found = dictionary(from, to);
        return charactersOf(text)
          .map((character) => found.get(character) ?? character)
          .join("");
      };
    },
  },
  examples: [
    { sql: "SELECT translate('AaBbCc', 'abc', '123')", rows: ["A1B2C3"] },
    {
      sql: "SELECT translate('translate', 'aa', '12'), translate('abc', 'ab', 'x')",
      rows: ["tr1nsl1te\txc"],
    },
  ],
};

function cachedDictionary(): (from: string, to: string) => ReadonlyMap<string, string> {
  let last = { from: "", to: "", dictionary: new Map<string, string>() };
  return (from, to) => {
    if (from === last.from && to === last.to) return last.dictionary;
    const dictionary = new Map<string, string>();
    const targets = charactersOf(to);
    charactersOf(from).forEach((character, i) => {
      if (!dictionary.has(character)) dictionary.set(character, targets[i] ?? "");
    });
    last = { from, to, dictionary };
    return dictionary;
  };
}

function printOverlay(args: readonly string[]): string {
  return `overlay(${[...args, ...(args.length === 3 ? ["-1"] : [])].join(", ")})`;
}

/** `text` with `length` characters from `position` (1-based) replaced; as many as the new text has by default. */
export const OVERLAY: ScalarBuiltin = {
  kind: "scalar",
  name: "overlay",
  resolve: (args, context) => {
    const types = typeArguments(
      args,
      context,
      [TEXT_OR_BINARY_PARAMETER, TEXT_OR_BINARY_PARAMETER, INT_PARAMETER, INT_PARAMETER],
      3,
    );
    const isBinary = types[0]?.kind === "binary" && types[1]?.kind === "binary";
    if (!isBinary && args.slice(0, 2).some((arg) => arg.type.kind === "binary"))
      throw differentArguments(args, printOverlay, "overlay");
    const type = isBinary && types[0] ? types[0] : STRING;
    return { args: [type, type, INT, INT].slice(0, args.length), type };
  },
  kernel: {
    kind: "row",
    prepare: (call) =>
      call.type.kind === "binary"
        ? overlayBytes
        : (text: string, by: string, position: number, length = -1) =>
            substringOf(text, 1, position - 1) +
            by +
            substringOf(text, position + (length >= 0 ? length : characterCount(by)), MAX_INT),
  },
  print: printOverlay,
  examples: [
    { sql: "SELECT overlay('Spark SQL', '_', 6)", rows: ["Spark_SQL"] },
    { sql: "SELECT overlay('Spark SQL', 'CORE', 7)", rows: ["Spark CORE"] },
    { sql: "SELECT overlay('Spark SQL', 'ANSI ', 7, 0)", rows: ["Spark ANSI SQL"] },
    { sql: "SELECT overlay('Spark SQL', 'tructured', 2, 4)", rows: ["Structured SQL"] },
    { sql: "SELECT overlay('abcdef', 'X', 0), overlay('abcdef', 'X', -2)", rows: ["Xabcdef\tXf"] },
    {
      sql: "SELECT overlay(encode('Spark SQL', 'utf-8'), encode('_', 'utf-8'), 6)",
      rows: ["Spark_SQL"],
    },
  ],
};

function overlayBytes(
  bytes: Uint8Array,
  by: Uint8Array,
  position: number,
  length = -1,
): Uint8Array {
  const tail = position + (length >= 0 ? length : by.length);
  return Buffer.concat([sliceBytes(bytes, 1, position - 1), by, sliceBytes(bytes, tail, MAX_INT)]);
}

function sliceBytes(bytes: Uint8Array, position: number, length: number): Uint8Array {
  const start = position > 0 ? position - 1 : position < 0 ? bytes.length + position : 0;
  const end = Math.min(start + length, bytes.length);
  return end <= Math.max(start, 0) ? new Uint8Array(0) : bytes.slice(Math.max(start, 0), end);
}
