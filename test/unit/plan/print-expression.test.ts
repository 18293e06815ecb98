import { describe, expect, it } from "vitest";
import {
  BINARY,
  DATE,
  type DataType,
  DOUBLE,
  dayTimeInterval,
  decimal,
  FLOAT,
  LONG,
  STRING,
  TIMESTAMP,
  TIMESTAMP_NTZ,
  yearMonthInterval,
} from "../../../src/columnar/data-type.ts";
import type { LiteralJson } from "../../../src/columnar/literal-json.ts";
import { literal } from "../../../src/plan/literal.ts";
import { columnName, printExpression } from "../../../src/plan/print-expression.ts";
import { parseExpression } from "../../../src/sql/parse.ts";

/** A constant, how a plan prints it, and how a column is named after it. */
const LITERALS: readonly (readonly [DataType, LiteralJson, string, string])[] = [
  [STRING, "it's", "it's", "it's"],
  [LONG, "12", "12", "12"],
  [LONG, null, "null", "NULL"],
  [decimal(5, 2), "-5", "-0.05", "-0.05"],
  [DOUBLE, 1e10, "1.0E10", "1.0E10"],
  [DOUBLE, "NaN", "NaN", "NaN"],
  [FLOAT, 1.5, "1.5", "1.5"],
  [DATE, 18262, "2020-01-01", "DATE '2020-01-01'"],
  [TIMESTAMP, "1577880000500000", "2020-01-01 12:00:00.5", "TIMESTAMP '2020-01-01 12:00:00.5'"],
  [TIMESTAMP_NTZ, "0", "1970-01-01 00:00:00", "TIMESTAMP_NTZ '1970-01-01 00:00:00'"],
  [dayTimeInterval("day", "day"), "-86400000000", "INTERVAL '-1' DAY", "INTERVAL '-1' DAY"],
  [
    dayTimeInterval(),
    "93784005000",
    "INTERVAL '1 02:03:04.005' DAY TO SECOND",
    "INTERVAL '1 02:03:04.005' DAY TO SECOND",
  ],
  [yearMonthInterval(), 14, "INTERVAL '1-2' YEAR TO MONTH", "INTERVAL '1-2' YEAR TO MONTH"],
  [BINARY, "Hyo=", "0x1F2A", "X'1F2A'"],
];

describe("a constant is printed as Spark prints it", () => {
  for (const [type, value, printed, name] of LITERALS)
    it(`as ${name}`, () => {
      expect(printExpression(literal(type, value))).toBe(printed);
      expect(columnName(literal(type, value))).toBe(name);
    });

  it("with timestamps in the session's zone", () => {
    expect(columnName(literal(TIMESTAMP, "0"), "Asia/Tokyo")).toBe(
      "TIMESTAMP '1970-01-01 09:00:00'",
    );
  });
});

/** SQL, and how an unresolved plan prints it. */
const UNRESOLVED: readonly (readonly [string, string])[] = [
  ["a + t.b", "('a + 't.b)"],
  ["upper(s)", "'upper('s)"],
  ["count(distinct a, b) filter (where c)", "'count(distinct 'a, 'b) FILTER (WHERE 'c)"],
  ["t.*", "t.*"],
  ["cast(a as bigint) as x", "cast('a as bigint) AS x#0"],
  [
    "sum(a) over (partition by b order by c desc)",
    "'sum('a) OVER (PARTITION BY 'b ORDER BY 'c DESC NULLS LAST)",
  ],
];

describe("an unresolved expression is printed with marks before its names", () => {
  for (const [sql, printed] of UNRESOLVED)
    it(`as ${printed}`, () => {
      expect(printExpression(parseExpression(sql))).toBe(printed);
    });
});
