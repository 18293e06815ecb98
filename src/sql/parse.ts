import type { DataType, Field } from "../columnar/data-type.ts";
import { isStackOverflow } from "../common/errors.ts";
import type { Expression } from "../plan/expression.ts";
import { parseFields, parseType } from "./data-type-parser.ts";
import { parseOperators } from "./expression-parser.ts";
import { tokenize } from "./lexer.ts";
import { parseNamedExpression } from "./named-expression.ts";
import { type Grammar, Parser } from "./parser.ts";
import { parseQuery } from "./query-parser.ts";
import { parseSetStatement } from "./set-statement.ts";
import { SourceText } from "./source-text.ts";
import type { SqlOptions } from "./sql-options.ts";
import type { Statement } from "./statement.ts";
import { parseOneStatement } from "./statement-parser.ts";

const GRAMMAR: Grammar = Object.freeze({
  expression: parseOperators,
  query: parseQuery,
  dataType: parseType,
});

/**
 * One statement of Spark SQL; semicolons may end it.
 *
 * Throws a `SqlSyntaxError` where it is none, an `AnalysisError` `UNSUPPORTED_FEATURE` where only Spark has it,
 * and `UNBOUND_SQL_PARAMETER`, `FAILED_TO_PARSE_TOO_COMPLEX` where it is nested deeper than the stack allows; each with `line` and `column` in its details.
 */
export function parseStatement(text: string, options: SqlOptions = {}): Statement {
  const source = new SourceText(text, options.origin);
  return parseSetStatement(source) ?? parseWhole(source, options, parseOneStatement);
}

/** An expression, perhaps with an alias or a star, as `selectExpr` and `filter` take them. */
export function parseExpression(text: string, options: SqlOptions = {}): Expression {
  return parseWhole(new SourceText(text), options, parseNamedExpression);
}

/** A type as SQL writes it: `decimal(10,2)`, `array<struct<a: int>>`. */
export function parseDataType(text: string): DataType {
  return parseWhole(new SourceText(text), {}, parseType);
}

/** `a INT, b STRING NOT NULL`, or the same as `struct<…>`. */
export function parseSchema(text: string): readonly Field[] {
  return parseWhole(new SourceText(text), {}, (p) => {
    if (!p.isWord("STRUCT") || !(p.isSymbol("<", 1) || p.isSymbol("<>", 1))) return parseFields(p);
    const type = parseType(p);
    return type.kind === "struct" ? type.fields : [];
  });
}

function withinStack<T>(p: Parser, rule: (p: Parser) => T): T {
  try {
    return rule(p);
  } catch (error) {
    if (isStackOverflow(error)) p.tooComplex();
    throw error;
  }
}

function parseWhole<T>(source: SourceText, options: SqlOptions, rule: (p: Parser) => T): T {
  const p = new Parser(source, tokenize(source), GRAMMAR, options);
  const result = withinStack(p, rule);
  while (p.isSymbol(";")) p.advance();
  if (p.isSymbol("|>")) p.unsupported("the pipe operator |>");
  if (p.token.kind !== "end") p.failAtEnd();
  return result;
}
