import {
  array,
  BINARY,
  BOOLEAN,
  BYTE,
  DATE,
  type DataType,
  type DayTimeField,
  DOUBLE,
  dayTimeInterval,
  decimal,
  type Field,
  FLOAT,
  field,
  INT,
  LONG,
  map,
  NULL,
  SHORT,
  STRING,
  struct,
  TIMESTAMP,
  TIMESTAMP_NTZ,
  yearMonthInterval,
} from "../columnar/data-type.ts";
import { identifier } from "./names.ts";
import type { Parser } from "./parser.ts";
import { syntaxFault } from "./sql-error.ts";
import type { Token } from "./token.ts";

const PLAIN_TYPES: ReadonlyMap<string, DataType> = new Map([
  ["BOOLEAN", BOOLEAN],
  ["TINYINT", BYTE],
  ["BYTE", BYTE],
  ["SMALLINT", SHORT],
  ["SHORT", SHORT],
  ["INT", INT],
  ["INTEGER", INT],
  ["BIGINT", LONG],
  ["LONG", LONG],
  ["FLOAT", FLOAT],
  ["REAL", FLOAT],
  ["DOUBLE", DOUBLE],
  ["DATE", DATE],
  ["TIMESTAMP", TIMESTAMP],
  ["TIMESTAMP_LTZ", TIMESTAMP],
  ["TIMESTAMP_NTZ", TIMESTAMP_NTZ],
  ["STRING", STRING],
  ["BINARY", BINARY],
  ["VOID", NULL],
]);

const UNSUPPORTED_TYPES = new Set(["VARIANT", "TIME", "OBJECT", "GEOMETRY", "GEOGRAPHY"]);
const DECIMAL_NAMES = new Set(["DECIMAL", "DEC", "NUMERIC"]);
const CHARACTER_NAMES = new Set(["CHAR", "CHARACTER", "VARCHAR"]);
const MAX_PRECISION = 38;

/** A type as SQL writes it. `char(n)` and `varchar(n)` are strings. */
export function parseType(p: Parser): DataType {
  const { token } = p;
  if (token.kind !== "word") p.fail("a data type");
  const nested = parseNestedType(p);
  if (nested !== null) return nested;
  p.advance();
  if (UNSUPPORTED_TYPES.has(token.value)) p.unsupported(`the data type ${token.value}`, token);
  if (token.value === "INTERVAL") return parseIntervalType(p, token);
  const parameters = parseParameters(p);
  return namedType(p, token, parameters);
}

function namedType(p: Parser, token: Token, parameters: readonly number[]): DataType {
  const name = token.value;
  if (DECIMAL_NAMES.has(name) && parameters.length <= 2) return decimalType(p, token, parameters);
  if (CHARACTER_NAMES.has(name) && parameters.length === 1) return STRING;
  if (CHARACTER_NAMES.has(name) && parameters.length === 0)
    throw typeFault(
      p,
      token,
      "DATATYPE_MISSING_SIZE",
      "42K01",
      `DataType "${name}" requires a length parameter, for example "${name}"(10). Please specify the length.`,
    );
  const plain = PLAIN_TYPES.get(name);
  if (plain === undefined || parameters.length > 0) throw unsupportedType(p, token, parameters);
  if (name === "STRING" && p.isWord("COLLATE")) p.unsupported("COLLATE");
  return plain;
}

function parseNestedType(p: Parser): DataType | null {
  const { token } = p;
  const name = token.value;
  if (name !== "ARRAY" && name !== "MAP" && name !== "STRUCT") return null;
  p.advance();
  if (name === "STRUCT" && p.acceptSymbol("<>")) return struct([]);
  if (!p.acceptSymbol("<")) throw incompleteType(p, token);
  if (name === "STRUCT") return parseStructType(p);
  const first = p.grammar.dataType(p);
  if (name === "ARRAY") {
    p.expectSymbol(">");
    return array(first);
  }
  p.expectSymbol(",");
  const value = p.grammar.dataType(p);
  p.expectSymbol(">");
  return map(first, value);
}

function parseStructType(p: Parser): DataType {
  if (p.acceptSymbol(">")) return struct([]);
  const fields = parseFields(p);
  p.expectSymbol(">");
  return struct(fields);
}

/** `name type [NOT NULL] [COMMENT 'text'], …`; a colon may stand between name and type. */
export function parseFields(p: Parser): readonly Field[] {
  const fields: Field[] = [];
  do {
    const name = identifier(p);
    p.acceptSymbol(":");
    const type = p.grammar.dataType(p);
    const nullable = !p.accept("NOT", "NULL");
    skipComment(p);
    fields.push(field(name, type, nullable));
  } while (p.acceptSymbol(","));
  return fields;
}

/** `COMMENT 'text'`, if it is there. */
export function skipComment(p: Parser): void {
  if (!p.accept("COMMENT")) return;
  if (p.token.kind !== "string") p.fail("a string");
  p.advance();
}

function parseParameters(p: Parser): readonly number[] {
  if (!p.acceptSymbol("(")) return [];
  const numbers: number[] = [];
  do {
    const { token } = p;
    if (token.kind !== "number" || !/^\d{1,9}$/.test(token.text)) p.fail("an integer");
    p.advance();
    numbers.push(Number(token.text));
  } while (p.acceptSymbol(","));
  p.expectSymbol(")");
  return numbers;
}

function decimalType(
  p: Parser,
  token: Token,
  [precision = 10, scale = 0]: readonly number[],
): DataType {
  if (precision > MAX_PRECISION)
    throw typeFault(
      p,
      token,
      "DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION",
      "22003",
      `Decimal precision ${precision} exceeds max precision ${MAX_PRECISION}.`,
    );
  if (scale > precision)
    throw typeFault(
      p,
      token,
      "_LEGACY_ERROR_TEMP_1229",
      "42K0E",
      `Decimal scale (${scale}) cannot be greater than precision (${precision}).`,
    );
  return decimal(precision, scale);
}

const DAY_TIME_FIELDS: readonly DayTimeField[] = ["day", "hour", "minute", "second"];

function parseIntervalType(p: Parser, token: Token): DataType {
  if (p.accept("YEAR"))
    return yearMonthInterval("year", p.accept("TO", "MONTH") ? "month" : "year");
  if (p.accept("MONTH")) return yearMonthInterval("month", "month");
  const start = acceptDayTimeField(p, 0);
  if (start === null) return p.unsupported("the data type INTERVAL without fields", token);
  if (!p.accept("TO")) return dayTimeInterval(start, start);
  const end = acceptDayTimeField(p, DAY_TIME_FIELDS.indexOf(start) + 1);
  return end === null ? p.fail() : dayTimeInterval(start, end);
}

function acceptDayTimeField(p: Parser, from: number): DayTimeField | null {
  return DAY_TIME_FIELDS.slice(from).find((name) => p.accept(name.toUpperCase())) ?? null;
}

function unsupportedType(p: Parser, token: Token, parameters: readonly number[]): Error {
  const name = parameters.length === 0 ? token.value : `${token.value}(${parameters.join(",")})`;
  return typeFault(p, token, "UNSUPPORTED_DATATYPE", "0A000", `Unsupported data type "${name}".`);
}

const EXAMPLES: { readonly [name: string]: string } = {
  ARRAY: 'You must provide an element type. For example: "ARRAY<INT>".',
  MAP: 'You must provide a key type and a value type. For example: "MAP<TIMESTAMP, INT>".',
  STRUCT: 'You must provide at least one field type. For example: "STRUCT<name STRING, age INT>".',
};

function incompleteType(p: Parser, token: Token): Error {
  const name = token.value;
  return typeFault(
    p,
    token,
    `INCOMPLETE_TYPE_DEFINITION.${name}`,
    "42K01",
    `Incomplete complex type: The definition of "${name}" type is incomplete. ${EXAMPLES[name] ?? ""}`,
  );
}

function typeFault(
  p: Parser,
  token: Token,
  condition: string,
  sqlState: string,
  message: string,
): Error {
  return syntaxFault(p.source, token.position, { condition, sqlState, message });
}
