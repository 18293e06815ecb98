import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { Session } from "../../../src/index.ts";

const session = Session.local({ workers: 1, memory: "256m" });
afterAll(() => session.stop());
beforeEach(() => {
  session.sql(
    "CREATE OR REPLACE TEMPORARY VIEW v AS SELECT id AS a, CAST(id AS STRING) AS b FROM range(3)",
  );
});

const answer = async (sql: string) => {
  const result = await session.sql(sql).run();
  return [result.schema.simpleString(), ...result.textRows().map((row) => row.join("|"))];
};

/** The columns and rows that Spark 4.2.1 gives. */
const SPARK: [string, string[]][] = [
  [
    "DESCRIBE v",
    ["struct<col_name:string,data_type:string,comment:string>", "a|bigint|NULL", "b|string|NULL"],
  ],
  [
    "DESCRIBE QUERY SELECT 1 AS a, 'x' AS b",
    ["struct<col_name:string,data_type:string,comment:string>", "a|int|NULL", "b|string|NULL"],
  ],
  ["SHOW TABLES", ["struct<namespace:string,tableName:string,isTemporary:boolean>", "|v|true"]],
  ["SHOW TABLES LIKE 'x*'", ["struct<namespace:string,tableName:string,isTemporary:boolean>"]],
  ["SHOW COLUMNS IN v", ["struct<col_name:string>", "a", "b"]],
  [
    "SET spark.sql.shuffle.partitions=3",
    ["struct<key:string,value:string>", "spark.sql.shuffle.partitions|3"],
  ],
  ["SET spark.nope", ["struct<key:string,value:string>", "spark.nope|<undefined>"]],
  ["SET TIME ZONE 'UTC'", ["struct<key:string,value:string>", "spark.sql.session.timeZone|UTC"]],
  ["RESET spark.sql.shuffle.partitions", ["struct<>"]],
  ["CREATE OR REPLACE TEMP VIEW w (x, y) AS SELECT * FROM v", ["struct<>"]],
  ["DROP VIEW IF EXISTS nope", ["struct<>"]],
];

describe("a command of SQL gives what Spark gives", () => {
  it.each(SPARK)("%s", async (sql, expected) => {
    expect(await answer(sql)).toEqual(expected);
    session.catalog.dropTempView("w");
  });

  it("EXPLAIN as one text", async () => {
    const [columns, plan] = await answer("EXPLAIN SELECT a FROM v WHERE a > 1");
    expect(columns).toBe("struct<plan:string>");
    expect(plan).toMatch(/^== Physical Plan ==\n/);
    const [, extended] = await answer("EXPLAIN EXTENDED SELECT a FROM v WHERE a > 1");
    expect(extended).toMatch(
      /== Parsed Logical Plan ==[\s\S]*== Analyzed Logical Plan ==\na: bigint\n[\s\S]*== Optimized Logical Plan ==[\s\S]*== Physical Plan ==/,
    );
  });

  it("takes effect at once", async () => {
    session.sql("SET spark.sql.ansi.enabled=false");
    expect(await session.sql("SELECT 1/0 AS x").collect()).toEqual([{ x: null }]);
    session.sql("RESET");
    await expect(session.sql("SELECT 1/0 AS x").collect()).rejects.toMatchObject({
      condition: "DIVIDE_BY_ZERO",
    });
  });

  it("renames the columns of a view", async () => {
    session.sql("CREATE OR REPLACE TEMP VIEW w (x, y) AS SELECT * FROM v");
    expect(await session.sql("SELECT y FROM w WHERE x = 2").collect()).toEqual([{ y: "2" }]);
    session.sql("DROP VIEW w");
  });

  it.each([
    ["CREATE TEMPORARY VIEW v AS SELECT 1", "TEMP_TABLE_OR_VIEW_ALREADY_EXISTS"],
    ["DROP VIEW nope", "TABLE_OR_VIEW_NOT_FOUND"],
    ["DESCRIBE nope", "TABLE_OR_VIEW_NOT_FOUND"],
    ["SHOW COLUMNS IN nope", "TABLE_OR_VIEW_NOT_FOUND"],
    ["SET spark.sql.ansi.enabled=maybe", "INVALID_CONF_VALUE"],
    ["SELEC 1", "PARSE_SYNTAX_ERROR"],
  ])("refuses %s with %s", (sql, condition) => {
    expect(() => session.sql(sql)).toThrow(expect.objectContaining({ condition }));
  });
});
