import { describe, expect, test } from "vitest";
import { TindraError } from "../../../src/common/errors.ts";
import { parseDataType, parseSchema, parseStatement } from "../../../src/sql/parse.ts";

function errorOf(action: () => unknown): TindraError {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(TindraError);
    return error as TindraError;
  }
  throw new TypeError("No error was thrown");
}

/** Text, column, what stands there, and something of what was expected. */
const UNEXPECTED: readonly (readonly [string, number, string, string])[] = [
  ["", 1, "", "SELECT"],
  [" ; ", 2, ";", "SELECT"],
  ["-- only a comment", 18, "", "SELECT"],
  ["SELEC a", 1, "SELEC", "SELECT"],
  ["SELECT", 7, "", "an expression"],
  ["SELECT FROM t", 8, "FROM", "an expression"],
  ["SELECT a, FROM t", 11, "FROM", "an expression"],
  ["SELECT a b c FROM t", 12, "c", "FROM"],
  ["SELECT a FROM", 14, "", "a table"],
  ["SELECT a FROM t u v", 19, "v", "WHERE"],
  ["SELECT a FROM t,", 17, "", "a table"],
  ["SELECT a FROM t JOIN", 21, "", "a table"],
  ["SELECT a FROM t LEFT u", 22, "u", "JOIN"],
  ["SELECT a FROM t JOIN u ON", 26, "", "an expression"],
  ["SELECT a FROM t JOIN u USING x", 30, "x", "'('"],
  ["SELECT a FROM (SELECT b", 24, "", "')'"],
  ["SELECT a FROM t AS", 19, "", "a table alias"],
  ["SELECT a FROM t WHERE", 22, "", "an expression"],
  ["SELECT a FROM t WHERE GROUP BY a", 23, "GROUP", "an expression"],
  ["SELECT a FROM t WHERE a = ", 27, "", "an expression"],
  ["SELECT a FROM t GROUP a", 23, "a", "BY"],
  ["SELECT a FROM t GROUP BY", 25, "", "an expression"],
  ["SELECT a FROM t GROUP BY ROLLUP(a", 34, "", "')'"],
  ["SELECT a FROM t GROUP BY WITH ROLLUP", 31, "ROLLUP", "end of input"],
  ["SELECT a FROM t HAVING", 23, "", "an expression"],
  ["SELECT a FROM t ORDER a", 23, "a", "BY"],
  ["SELECT a FROM t ORDER BY", 25, "", "an expression"],
  ["SELECT a FROM t ORDER BY a NULLS", 28, "NULLS", "NULLS FIRST"],
  ["SELECT a FROM t LIMIT", 22, "", "an expression"],
  ["SELECT a FROM t OFFSET 1 LIMIT 2", 26, "LIMIT", "end of input"],
  ["SELECT a FROM t LIMIT 1, 2", 24, ",", "OFFSET"],
  ["SELECT a FROM t UNION", 22, "", "SELECT"],
  ["SELECT 1 LIMIT 1 UNION SELECT 2", 18, "UNION", "end of input"],
  ["SELECT 1; SELECT 2", 11, "SELECT", "end of input"],
  ["WITH x SELECT 1", 8, "SELECT", "'('"],
  ["WITH x AS SELECT 1 SELECT 2", 11, "SELECT", "'('"],
  ["WITH t() AS (SELECT 1) SELECT 1", 8, ")", "SELECT"],
  ["VALUES", 7, "", "an expression"],
  ["SELECT f(a,)", 12, ")", "an expression"],
  ["SELECT f(,a)", 10, ",", "an expression"],
  ["SELECT (1, )", 12, ")", "an expression"],
  ["SELECT (1", 10, "", "')'"],
  ["SELECT a[1", 11, "", "']'"],
  ["SELECT a.1", 9, ".1", "FROM"],
  ["SELECT CASE WHEN a b END", 20, "b", "THEN"],
  ["SELECT CASE WHEN a THEN 1", 26, "", "END"],
  ["SELECT CAST(a INT)", 15, "INT", "AS"],
  ["SELECT CAST(a AS 1)", 18, "1", "a data type"],
  ["SELECT a IN 1", 13, "1", "'('"],
  ["SELECT a BETWEEN 1", 19, "", "AND"],
  ["SELECT a LIKE 'x' ESCAPE b", 26, "b", "a string of one character"],
  ["SELECT a IS 1", 13, "1", "NULL"],
  ["SELECT a IS NULL IS NULL", 21, "NULL", "FROM"],
  ["SELECT a = NOT b", 12, "NOT", "an expression"],
  ["SELECT EXISTS (SELECT 1) = true", 26, "=", "FROM"],
  ["SELECT 20181117 > > 2", 19, ">", "an expression"],
  ["SELECT 1 <<< 2", 12, "<", "an expression"],
  ["SELECT a @ b", 10, "@", "FROM"],
  ["SELECT a ?? b", 10, "?", "FROM"],
  ["SELECT a /*+ x */ FROM t", 10, "/*+", "FROM"],
  ["SELECT /*+ */ 1", 12, "*/", "a name"],
  ["SELECT EXTRACT(YEAR a)", 21, "a", "FROM"],
  ["SELECT TRIM(BOTH 'x' y)", 22, "y", "FROM"],
  ["SELECT OVERLAY(a PLACING b)", 27, ")", "FROM"],
  ["SELECT sum(a) OVER (PARTITION a)", 21, "PARTITION", "')'"],
  ["SELECT sum(a) OVER (ORDER BY a ROWS 1)", 38, ")", "PRECEDING"],
  ["SELECT sum(a) FILTER (b)", 23, "b", "WHERE"],
  ["SELECT count(DISTINCT a, )", 26, ")", "an expression"],
  ["SELECT 1 AS", 12, "", "a name"],
  ["SELECT interval 1 fake_unit", 19, "fake_unit", "a unit of time"],
  ["EXPLAIN", 8, "", "SELECT"],
  ["DESCRIBE", 9, "", "a name"],
  ["SHOW FOO", 6, "FOO", "TABLES"],
  ["SHOW TABLES LIKE a", 18, "a", "a string"],
  ["SHOW COLUMNS t", 14, "t", "IN"],
  ["CREATE TEMP VIEW", 17, "", "a name"],
  ["CREATE TEMP VIEW v SELECT 1", 20, "SELECT", "AS"],
  ["CREATE TEMP VIEW v USING parquet", 33, "", "OPTIONS with a path"],
  ["DROP VIEW", 10, "", "a name"],
  ["SELECT 'abc", 8, "'", "'"],
  ['SELECT "abc', 8, '"', '"'],
  ["SELECT `abc", 8, "`", "`"],
];

describe("a syntax error", () => {
  test.each(UNEXPECTED)(
    "in «%s» is at column %i, near «%s», and says %s was expected",
    (sql, column, near, wanted) => {
      const error = errorOf(() => parseStatement(sql));
      expect(error.family).toBe("syntax");
      expect(error.condition).toBe("PARSE_SYNTAX_ERROR");
      expect(error.sqlState).toBe("42601");
      expect(error.details).toMatchObject({ line: 1, column, near });
      expect(error.details["expected"]).toContain(wanted);
      expect(error.message).toContain(
        `Syntax error at or near ${near === "" ? "end of input" : `'${near}'`}`,
      );
      expect(error.message.split("\n").at(-1)).toBe(`${" ".repeat(column - 1)}^`);
    },
  );

  test("shows its own line of several, with a caret under the column", () => {
    const error = errorOf(() => parseStatement("SELECT a\n\tFROM t WHERE WHERE\nLIMIT 1"));
    expect(error.details).toMatchObject({ line: 2, column: 15 });
    expect(error.message).toBe(
      "Syntax error at or near 'WHERE': expected an expression. (line 2, column 15)\n\n" +
        "\tFROM t WHERE WHERE\n\t             ^",
    );
  });

  test("shows only the surroundings of its place in a very long line", () => {
    const error = errorOf(() => parseStatement(`SELECT ${"a, ".repeat(500)}, b`));
    const [line = "", caret = ""] = error.message.split("\n").slice(-2);
    expect(line.length).toBeLessThanOrEqual(120);
    expect(line.charAt(caret.indexOf("^"))).toBe(",");
  });
});

const TYPED: readonly (readonly [string, string, string, number])[] = [
  ["SELECT /* x", "UNCLOSED_BRACKETED_COMMENT", "42601", 8],
  ["SELECT 300Y", "INVALID_NUMERIC_LITERAL_RANGE", "22003", 8],
  ["SELECT 40000S", "INVALID_NUMERIC_LITERAL_RANGE", "22003", 8],
  ["SELECT 9223372036854775808L", "INVALID_NUMERIC_LITERAL_RANGE", "22003", 8],
  ["SELECT 1e400", "INVALID_NUMERIC_LITERAL_RANGE", "22003", 8],
  ["SELECT 1e39f", "INVALID_NUMERIC_LITERAL_RANGE", "22003", 8],
  ["SELECT 1e38BD", "DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION", "22003", 8],
  [`SELECT ${"9".repeat(39)}`, "DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION", "22003", 8],
  ["SELECT DATE '2020-13-01'", "INVALID_TYPED_LITERAL", "42604", 8],
  ["SELECT DATE '2019-02-29'", "INVALID_TYPED_LITERAL", "42604", 8],
  ["SELECT TIMESTAMP '2020-01-01 24:00:00'", "INVALID_TYPED_LITERAL", "42604", 8],
  ["SELECT TIMESTAMP '2020-01-01 00:00:00 Nowhere'", "INVALID_TYPED_LITERAL", "42604", 8],
  ["SELECT TIMESTAMP_NTZ 'x'", "INVALID_TYPED_LITERAL", "42604", 8],
  ["SELECT X'GG'", "INVALID_TYPED_LITERAL", "42604", 8],
  ["SELECT INTERVAL '1'", "INVALID_TYPED_LITERAL", "42604", 8],
  ["SELECT FOO 'x'", "UNSUPPORTED_TYPED_LITERAL", "0A000", 8],
  ["SELECT INTERVAL '1-13' YEAR TO MONTH", "INVALID_INTERVAL_FORMAT.INTERVAL_PARSING", "22006", 8],
  [
    "SELECT INTERVAL '1' DAY TO SECOND",
    "INVALID_INTERVAL_FORMAT.UNMATCHED_FORMAT_STRING_WITH_NOTICE",
    "22006",
    8,
  ],
  [
    "SELECT INTERVAL '1' YEAR TO SECOND",
    "INVALID_INTERVAL_FORMAT.UNSUPPORTED_FROM_TO_EXPRESSION",
    "22006",
    8,
  ],
  ["SELECT INTERVAL 1.5 DAYS", "INVALID_INTERVAL_FORMAT.INVALID_FRACTION", "22006", 8],
  [
    "SELECT INTERVAL '1.1234567891' SECOND",
    "INVALID_INTERVAL_FORMAT.INVALID_PRECISION",
    "22006",
    8,
  ],
  ["SELECT INTERVAL 1 NANOSECOND", "INVALID_INTERVAL_FORMAT.INVALID_UNIT", "22006", 8],
  ["SELECT INTERVAL 'x' DAY", "_LEGACY_ERROR_TEMP_0026", "42601", 8],
  ["SELECT INTERVAL 178956971 YEARS", "INVALID_INTERVAL_FORMAT.ARITHMETIC_EXCEPTION", "22006", 8],
  ["SELECT INTERVAL 1 YEAR 2 DAYS", "_LEGACY_ERROR_TEMP_0029", "42601", 8],
  ["SELECT INTERVAL 1 DAY TO SECOND", "_LEGACY_ERROR_TEMP_0027", "42601", 8],
  ["SELECT a LIKE 'x' ESCAPE 'ab'", "INVALID_ESC", "42604", 26],
  ["SELECT a FROM t-x", "INVALID_IDENTIFIER", "42602", 15],
  ["SELECT ä", "INVALID_IDENTIFIER", "42602", 8],
  ["SELECT CAST(a AS foo)", "UNSUPPORTED_DATATYPE", "0A000", 18],
  ["SELECT CAST(a AS int(3))", "UNSUPPORTED_DATATYPE", "0A000", 18],
  ["SELECT CAST(a AS ARRAY)", "INCOMPLETE_TYPE_DEFINITION.ARRAY", "42K01", 18],
  ["SELECT CAST(a AS DECIMAL(39))", "DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION", "22003", 18],
  ["SELECT CAST(a AS VARCHAR)", "DATATYPE_MISSING_SIZE", "42K01", 18],
  ["SELECT a FROM t WINDOW w2 AS w", "INVALID_SQL_SYNTAX.UNRESOLVED_WINDOW_REFERENCE", "42000", 30],
  ["SELECT * FROM VALUES (1, 2), (3)", "INVALID_INLINE_TABLE.NUM_COLUMNS_MISMATCH", "42000", 15],
  ["SELECT * FROM VALUES (1, 2) t(a)", "INVALID_INLINE_TABLE.NUM_COLUMNS_MISMATCH", "42000", 15],
  ["SELECT * FROM range()", "WRONG_NUM_ARGS.WITHOUT_SUGGESTION", "42605", 15],
  ["SET a b = 1", "INVALID_SET_SYNTAX", "42000", 1],
];

test.each(TYPED)(
  "«%s» is refused with %s (%s) at column %i",
  (sql, condition, sqlState, column) => {
    const error = errorOf(() => parseStatement(sql));
    expect(error.condition).toBe(condition);
    expect(error.sqlState).toBe(sqlState);
    expect(error.details).toMatchObject({ line: 1, column });
    expect(error.message.split("\n").at(-1)).toBe(`${" ".repeat(column - 1)}^`);
  },
);

const UNSUPPORTED: readonly (readonly [string, number, string])[] = [
  ["SELECT a FROM t SORT BY a", 17, "SORT BY"],
  ["SELECT a FROM t DISTRIBUTE BY a", 17, "DISTRIBUTE BY"],
  ["SELECT a FROM t CLUSTER BY a", 17, "CLUSTER BY"],
  ["SELECT * FROM t TABLESAMPLE (10 PERCENT)", 17, "TABLESAMPLE"],
  ["SELECT * FROM t PIVOT (sum(a) FOR b IN (1))", 17, "PIVOT"],
  ["SELECT * FROM t UNPIVOT (a FOR b IN (c))", 17, "UNPIVOT"],
  ["SELECT * FROM t LATERAL VIEW explode(a) x AS y", 17, "LATERAL VIEW"],
  ["SELECT * FROM t, LATERAL (SELECT 1)", 18, "LATERAL"],
  ["SELECT * FROM t JOIN LATERAL (SELECT 1)", 22, "LATERAL"],
  ["SELECT * FROM explode(a)", 15, "the table function explode"],
  ["SELECT f(a => 1)", 10, "named arguments"],
  ["SELECT explode(a) AS (b, c)", 22, "several aliases for one expression"],
  ["SELECT mode() WITHIN GROUP (ORDER BY a)", 15, "WITHIN GROUP"],
  ["SELECT a COLLATE UTF8_LCASE", 10, "COLLATE"],
  ["SELECT a:b FROM t", 9, "extraction from a variant by ':'"],
  ["SELECT TIME '12:00:00'", 8, "the data type TIME"],
  ["SELECT CAST(a AS VARIANT)", 18, "the data type VARIANT"],
  ["SELECT a FROM t |> WHERE a", 17, "the pipe operator |>"],
  ["SELECT TRANSFORM(a) USING 'cat'", 8, "TRANSFORM"],
  ["INSERT INTO t VALUES (1)", 1, "the statement INSERT"],
  ["CREATE TABLE t (a INT)", 8, "CREATE TABLE"],
  ["CREATE VIEW v AS SELECT 1", 8, "CREATE VIEW"],
  ["DROP TABLE t", 6, "DROP TABLE"],
  ["SHOW FUNCTIONS", 6, "SHOW FUNCTIONS"],
  ["DESCRIBE FUNCTION f", 10, "DESCRIBE FUNCTION"],
];

test.each(UNSUPPORTED)(
  "«%s» is answered as not supported, at column %i: %s",
  (sql, column, feature) => {
    const error = errorOf(() => parseStatement(sql));
    expect(error.family).toBe("analysis");
    expect(error.condition).toBe("UNSUPPORTED_FEATURE");
    expect(error.sqlState).toBe("0A000");
    expect(error.details).toMatchObject({ line: 1, column, feature });
    expect(error.message.split("\n").at(-1)).toBe(`${" ".repeat(column - 1)}^`);
  },
);

test.each([
  [() => parseDataType("int int"), "int"],
  [() => parseSchema("a"), ""],
  [() => parseSchema("a INT, b STRING NOT"), "NOT"],
])("types and schemas are refused in the same way (%#)", (action, near) => {
  expect(errorOf(action).details["near"]).toBe(near);
});
