import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { simpleString } from "../../../src/columnar/data-type.ts";
import { AnalysisError } from "../../../src/common/errors.ts";
import {
  parseDataType,
  parseExpression,
  parseSchema,
  parseStatement,
} from "../../../src/sql/parse.ts";
import { compactExpression } from "../../support/compact-plan.ts";

describe("a data type", () => {
  test.each([
    ["int", "int"],
    ["INTEGER", "int"],
    ["tinyint", "tinyint"],
    ["BYTE", "tinyint"],
    ["short", "smallint"],
    ["LONG", "bigint"],
    ["real", "float"],
    ["double", "double"],
    ["decimal", "decimal(10,0)"],
    ["dec(5, 2)", "decimal(5,2)"],
    ["numeric(7)", "decimal(7,0)"],
    ["char(5)", "string"],
    ["varchar(5)", "string"],
    ["timestamp_ltz", "timestamp"],
    ["timestamp_ntz", "timestamp_ntz"],
    ["void", "void"],
    ["interval day to second", "interval day to second"],
    ["interval hour", "interval hour"],
    ["interval year to month", "interval year to month"],
    ["map<string,array<int>>", "map<string,array<int>>"],
    ["struct<>", "struct<>"],
    [
      "struct<a:int, b struct<c: array<array<string>>>>",
      "struct<a:int,b:struct<c:array<array<string>>>>",
    ],
  ])("%s is %s", (text, expected) => {
    expect(simpleString(parseDataType(text))).toBe(expected);
  });
});

describe("a schema", () => {
  test("has names, types and which of them may be null", () => {
    expect(parseSchema("a INT, `b c` STRING NOT NULL COMMENT 'text', d: DATE")).toEqual([
      { name: "a", type: { kind: "int" }, nullable: true },
      { name: "b c", type: { kind: "string" }, nullable: false },
      { name: "d", type: { kind: "date" }, nullable: true },
    ]);
  });

  test("may be written as a struct", () => {
    expect(parseSchema("struct<a: int>")).toEqual(parseSchema("a int"));
    expect(parseSchema("struct int").map(({ name }) => name)).toEqual(["struct"]);
  });
});

describe("parameters", () => {
  const bound = (
    text: string,
    parameters: readonly unknown[] | { readonly [name: string]: unknown },
  ): string => compactExpression(parseExpression(text, { parameters }));

  test("are bound by name", () => {
    const values = {
      a: 1,
      b: "x",
      c: null,
      d: true,
      e: 1.5,
      f: 2n ** 62n,
      g: new Uint8Array([31]),
    };
    expect(bound("f(:a, :b, :c, :d, :e, :f, :g, :a)", values)).toBe(
      '(f 1:int "x":string null:void true:boolean 1.5:double "4611686018427387904":bigint "Hw==":binary 1:int)',
    );
  });

  test("are bound by place", () => {
    expect(bound("? + ? * ?", [1, 2, 3])).toBe("(+ 1:int (* 2:int 3:int))");
  });

  test("bind an array as a call of `array`", () => {
    expect(bound(":a", { a: [1, "x"] })).toBe('(array 1:int "x":string)');
  });

  test.each<
    readonly [string, readonly unknown[] | { readonly [name: string]: unknown } | undefined, string]
  >([
    ["1 + :missing", { other: 1 }, "missing"],
    ["1 + :missing", undefined, "missing"],
    ["1 + :toString", {}, "toString"],
    ["1 + ?", [], "_4"],
    ["? + ?", [1], "_4"],
  ])("fail where one has no value: %s", (text, parameters, name) => {
    const options = parameters === undefined ? {} : { parameters };
    expect(() => parseExpression(text, options)).toThrow(AnalysisError);
    expect(() => parseExpression(text, options)).toThrow(
      expect.objectContaining({
        condition: "UNBOUND_SQL_PARAMETER",
        sqlState: "42P02",
        details: { name, line: 1, column: text.lastIndexOf(text.includes("?") ? "?" : ":") + 1 },
      }),
    );
  });

  test("of a type without a literal are refused", () => {
    expect(() => parseExpression(":a", { parameters: { a: () => 1 } })).toThrow(AnalysisError);
  });
});

describe("a time", () => {
  const NOW = { nowMs: Date.UTC(2026, 0, 2, 3, 4, 5), timeZone: "America/Los_Angeles" };
  test.each([
    ["TIMESTAMP '2020-06-01 00:00:00'", '"1590994800000000":timestamp'],
    ["TIMESTAMP '2020-06-01 00:00:00Z'", '"1590969600000000":timestamp'],
    ["TIMESTAMP_NTZ '2020-06-01 00:00:00'", '"1590969600000000":timestamp_ntz'],
    ["TIMESTAMP 'now'", '"1767323045000000":timestamp'],
    ["TIMESTAMP 'today'", '"1767254400000000":timestamp'],
    ["TIMESTAMP '12:30'", '"1767299400000000":timestamp'],
    ["DATE 'today'", "20454:date"],
    ["DATE 'yesterday'", "20453:date"],
    ["DATE 'tomorrow'", "20455:date"],
  ])("is read in the session's time zone: %s", (text, expected) => {
    expect(compactExpression(parseExpression(text, NOW))).toBe(expected);
  });
});

test("names, calls, stars and tables know their places", () => {
  const statement = parseStatement("SELECT a,\n  f(b), t.*\nFROM u");
  expect(statement).toMatchObject({
    kind: "query",
    plan: {
      expressions: [
        { position: { line: 1, column: 8 } },
        { position: { line: 2, column: 3 }, args: [{ position: { line: 2, column: 5 } }] },
        { position: { line: 2, column: 9 } },
      ],
      child: { position: { line: 3, column: 6 } },
    },
  });
});

test("a plan survives JSON", () => {
  const statement = parseStatement(
    "SELECT sum(a) OVER (ORDER BY b), 1.5, DATE '2020-01-01' FROM t WHERE a IN (SELECT 1)",
  );
  expect(JSON.parse(JSON.stringify(statement))).toEqual(statement);
});

const QUERIES = new URL("../../data/tpch/queries/", import.meta.url);

test.each(readdirSync(QUERIES))("TPC-H's %s parses", (file) => {
  const sql = readFileSync(new URL(file, QUERIES), "utf8");
  expect(parseStatement(sql).kind).toBe("query");
});

test("a chain of ten thousand ANDs is a shallow tree", () => {
  const text = Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(" AND ");
  const depth = (node: unknown): number => {
    const { args = [] } = node as { args?: readonly unknown[] };
    return 1 + Math.max(0, ...args.map(depth));
  };
  expect(depth(parseExpression(text))).toBe(15);
});

test.each([
  ["parentheses", "(".repeat(20_000)],
  ["queries in parentheses", `${"(".repeat(20_000)}SELECT 1`],
  ["NOT", "NOT ".repeat(20_000)],
  ["signs", "- ".repeat(20_000)],
  ["sums", "1 + ".repeat(20_000)],
  ["subscripts", `a${"[0]".repeat(20_000)}`],
  ["CASE", "CASE WHEN ".repeat(20_000)],
  ["types", `CAST(a AS ${"ARRAY<".repeat(20_000)}`],
  ["lambdas", "x -> ".repeat(20_000)],
])("text too deep to walk ends in a typed error: %s", (_, text) => {
  expect(() => parseExpression(text)).toThrow(
    expect.objectContaining({ condition: "FAILED_TO_PARSE_TOO_COMPLEX", sqlState: "54001" }),
  );
});

test("parentheses that could be queries are parsed only once", () => {
  let text = "SELECT 1";
  for (let i = 0; i < 60; i++) text = `SELECT ((${text}) + 1)`;
  expect(parseStatement(text).kind).toBe("query");
  expect(() => parseStatement(text.replace("SELECT 1)", "SELECT 1 1)"))).toThrow("Syntax error");
});
