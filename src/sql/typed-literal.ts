import { BINARY, DATE, TIMESTAMP, TIMESTAMP_NTZ } from "../columnar/data-type.ts";
import {
  parseDate,
  parseTimestamp,
  parseTimestampNtz,
} from "../columnar/datetime/datetime-text.ts";
import { specialDatetime } from "../columnar/datetime/special-datetime.ts";
import type { Literal } from "../plan/expression.ts";
import { literal } from "../plan/literal.ts";
import type { Parser } from "./parser.ts";
import { syntaxFault } from "./sql-error.ts";
import type { SqlOptions } from "./sql-options.ts";
import type { Token } from "./token.ts";

type LiteralRule = (text: string, options: SqlOptions) => Literal | null;

const RULES: ReadonlyMap<string, LiteralRule> = new Map<string, LiteralRule>([
  ["DATE", dateLiteral],
  ["TIMESTAMP", timestampLiteral],
  ["TIMESTAMP_LTZ", timestampLiteral],
  ["TIMESTAMP_NTZ", localTimestampLiteral],
  ["X", binaryLiteral],
  ["INTERVAL", () => null],
]);

/** `DATE '…'` and its like: the name of a type and a string. */
export function parseTypedLiteral(p: Parser): Literal {
  if (p.isWord("TIME")) p.unsupported("the data type TIME");
  const type = p.advance();
  const text = p.advance();
  const rule = RULES.get(type.value);
  if (rule === undefined)
    throw syntaxFault(p.source, type.position, {
      condition: "UNSUPPORTED_TYPED_LITERAL",
      sqlState: "0A000",
      message:
        `Literals of the type "${type.value}" are not supported. ` +
        'Supported types are "DATE", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP", "INTERVAL", "X".',
    });
  const found = rule(text.value, p.options);
  if (found === null) throw invalidTypedLiteral(p, type, text.value);
  return found;
}

/** The error of a typed literal whose text is not of its type. */
export function invalidTypedLiteral(p: Parser, type: Token, text: string): Error {
  return syntaxFault(p.source, type.position, {
    condition: "INVALID_TYPED_LITERAL",
    sqlState: "42604",
    message: `The value of the typed literal "${type.value}" is invalid: '${text}'.`,
    details: { type: type.value, value: text },
  });
}

function dateLiteral(text: string, options: SqlOptions): Literal | null {
  const days = specialDatetime(text, "date", options) ?? parseDate(text);
  return days === null ? null : literal(DATE, Number(days));
}

function timestampLiteral(text: string, options: SqlOptions): Literal | null {
  const micros =
    specialDatetime(text, "timestamp", options) ??
    parseTimestamp(text, options.timeZone ?? "UTC", options.nowMs);
  return micros === null ? null : literal(TIMESTAMP, micros.toString());
}

function localTimestampLiteral(text: string, options: SqlOptions): Literal | null {
  const micros = specialDatetime(text, "timestamp_ntz", options) ?? parseTimestampNtz(text);
  return micros === null ? null : literal(TIMESTAMP_NTZ, micros.toString());
}

function binaryLiteral(text: string): Literal | null {
  const padded = text.length % 2 === 1 ? `0${text}` : text;
  if (!/^[0-9a-fA-F]*$/.test(padded)) return null;
  return literal(BINARY, Buffer.from(padded, "hex").toString("base64"));
}
