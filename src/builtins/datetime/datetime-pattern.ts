import { DataError } from "../../common/errors.ts";

/** A field that a pattern shows as a number. */
export type NumberField =
  | "year"
  | "yearOfEra"
  | "quarter"
  | "month"
  | "day"
  | "dayOfYear"
  | "weekdayInMonth"
  | "modifiedJulianDay"
  | "hour"
  | "clockHour"
  | "hourOfHalfDay"
  | "clockHourOfHalfDay"
  | "minute"
  | "second";

/** A field that a pattern shows as a name. */
export type TextField = "era" | "quarter" | "month" | "weekday" | "halfDay";

/** One piece of a pattern of Java's `DateTimeFormatter`. */
export type PatternItem =
  | { readonly kind: "literal"; readonly text: string }
  | {
      readonly kind: "number";
      readonly field: NumberField;
      readonly minWidth: number;
      readonly maxWidth: number;
      /** True if more digits than `minWidth` come with a sign. */
      readonly isSignedWhenLong: boolean;
    }
  | { readonly kind: "twoDigitYear"; readonly field: "year" | "yearOfEra" }
  | { readonly kind: "fraction"; readonly digits: number }
  | { readonly kind: "text"; readonly field: TextField; readonly isFull: boolean }
  | {
      readonly kind: "offset";
      readonly form: "HHmm" | "HHMM" | "HH:MM" | "HHMMss" | "HH:MM:ss";
      readonly zero: string | null;
    }
  | { readonly kind: "localizedOffset"; readonly isFull: boolean }
  | { readonly kind: "zoneName"; readonly isFull: boolean }
  | { readonly kind: "zoneId" }
  | { readonly kind: "optional"; readonly items: readonly PatternItem[] };

const MAX_DIGITS = 19;
const WEEK_BASED = new Set("YWwuec");
const UNSUPPORTED = new Set("ABnNp");
const UNSUPPORTED_FOR_PARSING = new Set("EFqQ");
/** A pattern that `SimpleDateFormat` takes: Spark words its refusal differently. */
const LEGACY_PATTERN = /^(?!.*XXXX)(?:[GyYMLwWDdFEuaHkKhmsSzZX]|[^a-zA-Z'])*$/s;
const TOO_LONG = /G{5}|M{5}|L{5}|E{5}|Q{5}|q{5}/;
const QUOTED = /'(?:[^']|'')*(?:'|$)/gs;

/** Use of a pattern. Local times, without a zone, have other error messages. */
export type PatternUse = "formatting" | "parsing" | "parsingLocal";

/** Reads a pattern. Throws the conditions that Spark has for what it refuses. */
export function parseDatetimePattern(pattern: string, use: PatternUse): readonly PatternItem[] {
  const hasEra = /G/.test(pattern.replace(/'[^']*'/g, ""));
  const stack: PatternItem[][] = [[]];
  const closeOptional = (): void => {
    const items = stack.pop();
    if (items === undefined || stack.length === 0) throw patternProblem(pattern, use);
    stack.at(-1)?.push({ kind: "optional", items });
  };
  for (const [text, quoted, letter] of pattern.matchAll(TOKEN)) {
    if (letter === undefined && text === "[") stack.push([]);
    else if (letter === undefined && text === "]") closeOptional();
    else {
      const item =
        letter === undefined
          ? literalItem(text, quoted)
          : letterItem(letter, text.length, use, hasEra);
      if (item === null) throw patternProblem(pattern, use);
      stack.at(-1)?.push(item);
    }
  }
  while (stack.length > 1) closeOptional();
  return stack[0] ?? [];
}

/** A quoted text, a letter repeated, or any other character. */
const TOKEN = /'((?:[^']|'')*)'|([a-zA-Z])\2*|./gs;

function literalItem(text: string, quoted: string | undefined): PatternItem | null {
  if (quoted === undefined) return "{}#'".includes(text) ? null : { kind: "literal", text };
  return { kind: "literal", text: quoted === "" ? "'" : quoted.replaceAll("''", "'") };
}

function letterItem(
  letter: string,
  count: number,
  use: PatternUse,
  hasEra: boolean,
): PatternItem | null {
  return WEEK_BASED.has(letter) || isIllegal(letter, use) ? null : itemOf(letter, count, hasEra);
}

function isIllegal(letter: string, use: PatternUse): boolean {
  return UNSUPPORTED.has(letter) || (use !== "formatting" && UNSUPPORTED_FOR_PARSING.has(letter));
}

/** The first of Spark's reasons against a pattern, in the order in which it looks for them. */
function patternProblem(pattern: string, use: PatternUse): DataError {
  const unquoted = pattern.replace(QUOTED, "");
  const letters = [...unquoted];
  if (use === "parsingLocal" || hasOpenQuote(pattern)) return invalidPattern(pattern);
  if (LEGACY_PATTERN.test(unquoted)) return notRecognized(pattern);
  const weekLetter = letters.find((letter) => WEEK_BASED.has(letter));
  if (weekLetter !== undefined) return weekBased(weekLetter);
  const illegal = letters.find((letter) => isIllegal(letter, use));
  if (illegal !== undefined) return illegalLetter(illegal, pattern);
  return TOO_LONG.test(unquoted) ? wrongLength(pattern) : invalidPattern(pattern);
}

/** True if the last quoted text of a pattern has no end. */
function hasOpenQuote(pattern: string): boolean {
  return (pattern.split("'").length - 1) % 2 === 1;
}

function itemOf(letter: string, count: number, hasEra: boolean): PatternItem | null {
  const numeric = NUMERIC_LETTERS[letter];
  if (numeric !== undefined)
    return count <= numeric.most ? fixedNumber(numeric.field, count) : null;
  switch (letter) {
    case "y":
      return yearItem(hasEra ? "yearOfEra" : "year", count);
    case "M":
    case "L":
      return numberOrText("month", count);
    case "Q":
    case "q":
      return numberOrText("quarter", count);
    case "E":
      return count <= 4 ? { kind: "text", field: "weekday", isFull: count === 4 } : null;
    case "G":
      return count <= 4 ? { kind: "text", field: "era", isFull: count === 4 } : null;
    case "a":
      return count === 1 ? { kind: "text", field: "halfDay", isFull: false } : null;
    case "D":
      return count <= 3 ? number("dayOfYear", count, count === 1 ? MAX_DIGITS : 3) : null;
    case "S":
      return count <= 9 ? { kind: "fraction", digits: count } : null;
    case "g":
      return number("modifiedJulianDay", count, MAX_DIGITS);
    default:
      return zoneItem(letter, count);
  }
}

const NUMERIC_LETTERS: {
  readonly [letter: string]: { readonly field: NumberField; readonly most: number };
} = {
  d: { field: "day", most: 2 },
  F: { field: "weekdayInMonth", most: 1 },
  H: { field: "hour", most: 2 },
  k: { field: "clockHour", most: 2 },
  K: { field: "hourOfHalfDay", most: 2 },
  h: { field: "clockHourOfHalfDay", most: 2 },
  m: { field: "minute", most: 2 },
  s: { field: "second", most: 2 },
};

function number(field: NumberField, minWidth: number, maxWidth: number): PatternItem {
  return { kind: "number", field, minWidth, maxWidth, isSignedWhenLong: false };
}

function fixedNumber(field: NumberField, count: number): PatternItem {
  return number(field, count, count === 1 ? MAX_DIGITS : count);
}

function numberOrText(field: "month" | "quarter", count: number): PatternItem | null {
  if (count <= 2) return fixedNumber(field, count);
  return count <= 4 ? { kind: "text", field, isFull: count === 4 } : null;
}

function yearItem(field: "year" | "yearOfEra", count: number): PatternItem | null {
  if (count === 2) return { kind: "twoDigitYear", field };
  if (count > 6) return null;
  return {
    kind: "number",
    field,
    minWidth: count,
    maxWidth: MAX_DIGITS,
    isSignedWhenLong: count >= 4,
  };
}

const OFFSET_FORMS = ["HHmm", "HHMM", "HH:MM", "HHMMss", "HH:MM:ss"] as const;
const ZERO_OFFSETS = ["+00", "+0000", "+00:00", "+0000", "+00:00"];

function zoneItem(letter: string, count: number): PatternItem | null {
  switch (letter) {
    case "z":
      return count <= 4 ? { kind: "zoneName", isFull: count === 4 } : null;
    case "V":
      return count === 2 ? { kind: "zoneId" } : null;
    case "O":
      return count === 1 || count === 4 ? { kind: "localizedOffset", isFull: count === 4 } : null;
    case "Z":
      if (count <= 3) return { kind: "offset", form: "HHMM", zero: "+0000" };
      if (count === 4) return { kind: "localizedOffset", isFull: true };
      return count === 5 ? { kind: "offset", form: "HH:MM:ss", zero: "Z" } : null;
    case "X":
    case "x": {
      const form = OFFSET_FORMS[count - 1];
      const zero = letter === "X" ? "Z" : ZERO_OFFSETS[count - 1];
      return form === undefined ? null : { kind: "offset", form, zero: zero ?? null };
    }
    default:
      return null;
  }
}

function notRecognized(pattern: string): DataError {
  return new DataError({
    condition: "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION",
    message: `You may get a different result due to the upgrading to Spark >= 3.0: Fail to recognize '${pattern}' pattern in the DateTimeFormatter. You can form a valid datetime pattern with the guide from 'https://spark.apache.org/docs/latest/sql-ref-datetime-pattern.html'.`,
    sqlState: "42K0B",
    details: { pattern },
  });
}

function weekBased(letter: string): DataError {
  return new DataError({
    condition: "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_WEEK_BASED_PATTERN",
    message: `You may get a different result due to the upgrading to Spark >= 3.0: All week-based patterns are unsupported since Spark 3.0, detected week-based character: ${letter}. Please use the SQL function EXTRACT instead.`,
    sqlState: "42K0B",
  });
}

function illegalLetter(letter: string, pattern: string): DataError {
  return new DataError({
    condition: "INVALID_DATETIME_PATTERN.ILLEGAL_CHARACTER",
    message: `Unrecognized datetime pattern: ${pattern}. Illegal pattern character found in datetime pattern: ${letter}. Please provide legal character.`,
    sqlState: "22007",
    details: { pattern },
  });
}

function wrongLength(pattern: string): DataError {
  return new DataError({
    condition: "INVALID_DATETIME_PATTERN.LENGTH",
    message: `Unrecognized datetime pattern: ${pattern}. Too many letters in datetime pattern: ${pattern}. Please reduce pattern length.`,
    sqlState: "22007",
    details: { pattern },
  });
}

function invalidPattern(pattern: string): DataError {
  return new DataError({
    condition: "INVALID_DATETIME_PATTERN.WITH_SUGGESTION",
    message: `Unrecognized datetime pattern: '${pattern}'. You can form a valid datetime pattern with the guide from 'https://spark.apache.org/docs/latest/sql-ref-datetime-pattern.html'.`,
    sqlState: "22007",
    details: { pattern },
  });
}
