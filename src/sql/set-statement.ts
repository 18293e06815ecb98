import { skipBlanks } from "./lexer.ts";
import type { SourceText } from "./source-text.ts";
import { syntaxFault, unsupportedSyntax } from "./sql-error.ts";
import type { Statement } from "./statement.ts";
import { unquoteString } from "./string-literal.ts";

const SET = /^SET(?![\p{L}\d_])/iu;
const RESET = /^RESET(?![\p{L}\d_])/iu;
const TIME_ZONE = /^TIME\s+ZONE\s+(.*)$/is;
const UNSUPPORTED = /^(ROLE|CATALOG|COLLATION|VAR|VARIABLE)\s+[^=\s]/i;
const PLAIN_KEY = /^[\w\-.:]+$/;
const QUOTED = /^`(?:[^`]|``)*`$/;
const TIME_ZONE_KEY = "spark.sql.session.timeZone";

/** SET or RESET, or null where the text is another statement. Their keys and values are taken as they are written. */
export function parseSetStatement(source: SourceText): Statement | null {
  const start = skipBlanks(source, 0);
  const text = source.text.slice(start).replace(/[\s;]+$/, "");
  if (RESET.test(text)) return resetStatement(source, start, text.slice("RESET".length).trim());
  return SET.test(text) ? setStatement(source, start, text.slice("SET".length).trim()) : null;
}

function resetStatement(source: SourceText, start: number, key: string): Statement {
  return Object.freeze({
    kind: "reset",
    key: key === "" ? null : configKey(source, start, key),
  });
}

function setStatement(source: SourceText, start: number, text: string): Statement {
  const position = source.positionAt(start);
  if (text === "" || text === "-v")
    return Object.freeze({ kind: "set", key: null, value: null, position });
  const zone = TIME_ZONE.exec(text)?.[1];
  if (zone !== undefined && !zone.startsWith("=")) return timeZoneStatement(source, start, zone);
  const refused = UNSUPPORTED.exec(text)?.[1];
  if (refused !== undefined)
    throw unsupportedSyntax(source, position, `SET ${refused.toUpperCase()}`);
  const [, key = "", value] = /^(`(?:[^`]|``)*`|[^=]*?)\s*(?:=\s*(.*))?$/s.exec(text) ?? [];
  return Object.freeze({
    kind: "set",
    key: configKey(source, start, key),
    value: value === undefined ? null : unquoteName(value),
    position,
  });
}

function timeZoneStatement(source: SourceText, start: number, zone: string): Statement {
  const position = source.positionAt(start);
  const isString = /^(['"]).*\1$/s.test(zone);
  if (!isString && !/^LOCAL$/i.test(zone))
    throw unsupportedSyntax(source, position, "SET TIME ZONE with an interval");
  const value = isString
    ? unquoteString(zone)
    : new Intl.DateTimeFormat("en-US").resolvedOptions().timeZone;
  return Object.freeze({ kind: "set", key: TIME_ZONE_KEY, value, position });
}

function configKey(source: SourceText, start: number, key: string): string {
  if (QUOTED.test(key)) return unquoteName(key);
  if (PLAIN_KEY.test(key)) return key;
  throw syntaxFault(source, source.positionAt(start), {
    condition: "INVALID_SET_SYNTAX",
    sqlState: "42000",
    message:
      "Expected format is 'SET', 'SET key', or 'SET key=value'. If you want to include special characters in key, or " +
      "include semicolon in value, please use backquotes, e.g., SET `key`=`value`.",
  });
}

function unquoteName(text: string): string {
  return QUOTED.test(text) ? text.slice(1, -1).replaceAll("``", "`") : text;
}
