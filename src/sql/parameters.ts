import {
  BINARY,
  BOOLEAN,
  DOUBLE,
  decimal,
  INT,
  LONG,
  NULL,
  STRING,
  TIMESTAMP,
} from "../columnar/data-type.ts";
import type { Expression } from "../plan/expression.ts";
import type { Position } from "../plan/position.ts";
import { identifier } from "./names.ts";
import { call, literal } from "./nodes.ts";
import type { Parser } from "./parser.ts";
import { analysisFault } from "./sql-error.ts";

const MAX_DIGITS = 38;

/** The value of `:name` or `?` at the cursor, as a literal; an array is a call of `array`. */
export function boundParameter(p: Parser): Expression {
  const marker = p.advance();
  const { parameters } = p.options;
  if (marker.value === "?") {
    const index = p.countBefore(marker, "?");
    const values = Array.isArray(parameters) ? parameters : [];
    if (index >= values.length) throw unbound(p, `_${marker.start}`, marker.position);
    return valueLiteral(p, values[index], `?`, marker.position);
  }
  const name = identifier(p);
  const named: { readonly [name: string]: unknown } =
    parameters === undefined || Array.isArray(parameters) ? {} : Object(parameters);
  if (!Object.hasOwn(named, name)) throw unbound(p, name, marker.position);
  return valueLiteral(p, named[name], `:${name}`, marker.position);
}

function unbound(p: Parser, name: string, position: Position): Error {
  return analysisFault(p.source, position, {
    condition: "UNBOUND_SQL_PARAMETER",
    sqlState: "42P02",
    message:
      `Found the unbound parameter: ${name}. Please, fix \`args\` and provide a mapping of the parameter to either ` +
      "a SQL literal or collection constructor functions such as `map()`, `array()`, `struct()`.",
    details: { name },
  });
}

function valueLiteral(p: Parser, value: unknown, name: string, position: Position): Expression {
  if (value === null || value === undefined) return literal(NULL, null);
  if (Array.isArray(value))
    return call(
      "array",
      value.map((item) => valueLiteral(p, item, name, position)),
      position,
    );
  const scalar = scalarLiteral(value);
  if (scalar !== null) return scalar;
  throw analysisFault(p.source, position, {
    condition: "INVALID_SQL_ARG",
    sqlState: "42K08",
    message:
      `The argument ${name} of \`sql()\` is invalid: a value of type ${typeof value} has no SQL literal. Use null, ` +
      "a boolean, a number, a bigint, a string, a Date, a Uint8Array or an array of these.",
    details: { name },
  });
}

function scalarLiteral(value: unknown): Expression | null {
  switch (typeof value) {
    case "boolean":
      return literal(BOOLEAN, value);
    case "string":
      return literal(STRING, value);
    case "number":
      return numberLiteral(value);
    case "bigint":
      return bigintLiteral(value);
    default:
      return objectLiteral(value);
  }
}

function numberLiteral(value: number): Expression {
  if (!Number.isFinite(value)) return literal(DOUBLE, String(value));
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) return literal(DOUBLE, value);
  return value === (value | 0) ? literal(INT, value) : literal(LONG, value.toString());
}

function bigintLiteral(value: bigint): Expression | null {
  if (BigInt.asIntN(64, value) === value) return literal(LONG, value.toString());
  const digits = value.toString().replace("-", "").length;
  return digits > MAX_DIGITS ? null : literal(decimal(digits, 0), value.toString());
}

function objectLiteral(value: unknown): Expression | null {
  if (value instanceof Uint8Array) return literal(BINARY, Buffer.from(value).toString("base64"));
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) return null;
  return literal(TIMESTAMP, (BigInt(value.getTime()) * 1000n).toString());
}
