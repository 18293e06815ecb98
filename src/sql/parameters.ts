import type { Expression } from "../plan/expression.ts";
import { literalOf } from "../plan/literal.ts";
import type { Position } from "../plan/position.ts";
import { identifier } from "./names.ts";
import { call } from "./nodes.ts";
import type { Parser } from "./parser.ts";
import { analysisFault } from "./sql-error.ts";

/** The value of `:name` or `?` at the cursor, as a literal; an array is a call of `array`. */
export function boundParameter(p: Parser): Expression {
  const marker = p.advance();
  const { parameters } = p.options;
  if (marker.value === "?") {
    const index = p.ordinalOf(marker);
    const values = Array.isArray(parameters) ? parameters : [];
    if (index >= values.length) throw unbound(p, `_${marker.start}`, marker.position);
    return valueLiteral(values[index], marker.position);
  }
  const name = identifier(p);
  const named: { readonly [name: string]: unknown } =
    parameters === undefined || Array.isArray(parameters) ? {} : Object(parameters);
  if (!Object.hasOwn(named, name)) throw unbound(p, name, marker.position);
  return valueLiteral(named[name], marker.position);
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

function valueLiteral(value: unknown, position: Position): Expression {
  if (!Array.isArray(value)) return literalOf(value);
  return call(
    "array",
    value.map((item) => valueLiteral(item, position)),
    position,
  );
}
