import { STRING } from "../../columnar/data-type.ts";
import { DataError } from "../../common/errors.ts";
import type { ScalarBuiltin } from "../builtin.ts";
import { INT_PARAMETER, STRING_PARAMETER, takes } from "../parameters.ts";
import { byBytes } from "./characters.ts";

/** The part of a number (from 1, negative from the end) between delimiters; empty where there are not so many. */
export const SPLIT_PART: ScalarBuiltin = {
  kind: "scalar",
  name: "split_part",
  resolve: takes([STRING_PARAMETER, STRING_PARAMETER, INT_PARAMETER], STRING),
  kernel: {
    kind: "row",
    text: "readable",
    prepare: () => (text: string, delimiter: string, part: number) => {
      if (part === 0) throw indexOfZero();
      const parts = delimiter === "" ? [text] : text.split(delimiter);
      return parts.at(part > 0 ? part - 1 : part) ?? "";
    },
  },
  examples: [
    { sql: "SELECT split_part('11.12.13', '.', 3)", rows: ["13"] },
    { sql: "SELECT split_part('a.b.c', '.', -1), split_part('a.b.c', '.', 5)", rows: ["c\t"] },
  ],
};

/** What lies before delimiter number `count`, counted from the left, or behind it from the right where negative. */
export const SUBSTRING_INDEX: ScalarBuiltin = {
  kind: "scalar",
  name: "substring_index",
  resolve: takes([STRING_PARAMETER, STRING_PARAMETER, INT_PARAMETER], STRING),
  kernel: {
    kind: "row",
    prepare: () => (text: string, delimiter: string, count: number) => {
      if (delimiter === "" || count === 0) return "";
      const find = count > 0 ? beforeDelimiter : behindDelimiter;
      return byBytes((whole = "", between = "") => find(whole, between, Math.abs(count)))(
        text,
        delimiter,
      );
    },
  },
  examples: [
    { sql: "SELECT substring_index('www.apache.org', '.', 2)", rows: ["www.apache"] },
    { sql: "SELECT substring_index('www.apache.org', '.', -2)", rows: ["apache.org"] },
  ],
};

function beforeDelimiter(text: string, delimiter: string, count: number): string {
  let at = -1;
  for (let i = 0; i < count; i++) {
    at = text.indexOf(delimiter, at + 1);
    if (at < 0) return text;
  }
  return text.slice(0, at);
}

function behindDelimiter(text: string, delimiter: string, count: number): string {
  let at = text.length - delimiter.length + 1;
  for (let i = 0; i < count; i++) {
    if (at <= 0) return text;
    at = text.lastIndexOf(delimiter, at - 1);
    if (at < 0) return text;
  }
  return text.slice(at + delimiter.length);
}

function indexOfZero(): DataError {
  return new DataError({
    condition: "INVALID_INDEX_OF_ZERO",
    message:
      "The index 0 is invalid. An index shall be either < 0 or > 0 (the first element has index 1).",
    sqlState: "22003",
  });
}
