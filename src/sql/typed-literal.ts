import { BINARY, DATE, TIMESTAMP, TIMESTAMP_NTZ } from "../columnar/data-type.ts";
import { MICROS_PER_DAY } from "../columnar/datetime/calendar.ts";
import {
  parseDate,
  parseTimestamp,
  parseTimestampNtz,
} from "../columnar/datetime/datetime-text.ts";
import { localToUtcMicros } from "../columnar/datetime/time-zone.ts";
import { floorDiv } from "../common/floor-division.ts";
import type { Literal } from "../plan/expression.ts";
import { literal } from "../plan/literal.ts";
import type { Parser } from "./parser.ts";
import { specialDatetime } from "./special-datetime.ts";
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
  const special = specialDatetime(text, options);
  const days = special === null ? parseDate(text) : Number(floorDiv(special, MICROS_PER_DAY));
  return days === null ? null : literal(DATE, days);
}

function timestampLiteral(text: string, options: SqlOptions): Literal | null {
  const zone = options.timeZone ?? "UTC";
  const special = specialDatetime(text, options);
  const micros =
    special === null ? parseTimestamp(text, zone, options.nowMs) : specialInstant(zone, special);
  return micros === null ? null : literal(TIMESTAMP, micros.toString());
}

/** The epoch is one instant, whatever the zone. */
function specialInstant(zone: string, local: bigint): bigint {
  return local === 0n ? 0n : localToUtcMicros(zone, local);
}

function localTimestampLiteral(text: string, options: SqlOptions): Literal | null {
  const micros = specialDatetime(text, options) ?? parseTimestampNtz(text);
  return micros === null ? null : literal(TIMESTAMP_NTZ, micros.toString());
}

function binaryLiteral(text: string): Literal | null {
  const padded = text.length % 2 === 1 ? `0${text}` : text;
  if (!/^[0-9a-fA-F]*$/.test(padded)) return null;
  return literal(BINARY, Buffer.from(padded, "hex").toString("base64"));
}
