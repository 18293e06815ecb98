import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { functions as f, lit, Session, when } from "../../src/index.ts";
import { expectTypedError } from "../support/typed-error.ts";

/** A statement, how its error's condition starts, and where it is: line, column, or nothing of that. */
type Case = readonly [sql: string, condition: string, names: string, place?: string];

const NAMES: readonly Case[] = [
  ["SELECT nope FROM t", "UNRESOLVED_COLUMN.WITH_SUGGESTION", "`nope`", "1:8"],
  ["SELECT amont FROM t", "UNRESOLVED_COLUMN.WITH_SUGGESTION", "Did you mean", "1:8"],
  ["SELECT amont FROM t", "UNRESOLVED_COLUMN.WITH_SUGGESTION", "`amount`", "1:8"],
  ["SELECT x.id FROM t", "UNRESOLVED_COLUMN.WITH_SUGGESTION", "`x`.`id`", "1:8"],
  ["SELECT id FROM t JOIN u ON t.id = u.id", "AMBIGUOUS_REFERENCE", "`t`.`id`, `u`.`id`", "1:8"],
  ["SELECT * FROM t JOIN u USING (nope)", "UNRESOLVED_USING_COLUMN_FOR_JOIN", "nope"],
  ["SELECT * FROM missing", "TABLE_OR_VIEW_NOT_FOUND", "`missing`", "1:15"],
  ["SELECT frob(id) FROM t", "UNRESOLVED_ROUTINE", "`frob`", "1:8"],
  ["SELECT sbstr(s, 1) FROM t", "UNRESOLVED_ROUTINE", "substr", "1:8"],
  ["SELECT x.* FROM t", "CANNOT_RESOLVE_STAR_EXPAND", "`x`.*", "1:8"],
  ["DESCRIBE missing", "TABLE_OR_VIEW_NOT_FOUND", "`missing`", "1:10"],
  ["SELECT :p", "UNBOUND_SQL_PARAMETER", "p", "1:8"],
];

const TYPES: readonly Case[] = [
  ["SELECT day + s FROM t", "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE", '"STRING"', "1:12"],
  ["SELECT sum(day) FROM t", "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE", "sum(day)", "1:8"],
  ["SELECT NOT id FROM t", "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE", '"BOOLEAN"', "1:8"],
  ["SELECT day > 5 FROM t", "DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES", '"DATE"', "1:12"],
  ["SELECT coalesce(id, day) FROM t", "DATATYPE_MISMATCH.DATA_DIFF_TYPES", "coalesce", "1:8"],
  ["SELECT * FROM t WHERE id", "DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN", '"BIGINT"', "1:23"],
  ["SELECT CAST(day AS int) FROM t", "DATATYPE_MISMATCH.CAST", '"DATE" to "INT"', "1:8"],
  ["SELECT CAST(id AS frob) FROM t", "UNSUPPORTED_DATATYPE", "FROB", "1:19"],
  ["SELECT abs(id, id) FROM t", "WRONG_NUM_ARGS", "`abs` requires 1", "1:8"],
  ["SELECT id FROM t UNION SELECT day FROM t", "INCOMPATIBLE_COLUMN_TYPE", '"DATE"'],
  ["SELECT id FROM t UNION SELECT id, s FROM t", "NUM_COLUMNS_MISMATCH", "2 columns"],
  ["SELECT * FROM t JOIN u ON t.id + u.id", "JOIN_CONDITION_IS_NOT_BOOLEAN_TYPE", "BIGINT"],
];

const CLAUSES: readonly Case[] = [
  ["SELEC id", "PARSE_SYNTAX_ERROR", "'SELEC'", "1:1"],
  ["SELECT FROM t", "PARSE_SYNTAX_ERROR", "'FROM'", "1:8"],
  ["SELECT id,\nFROM t", "PARSE_SYNTAX_ERROR", "'FROM'", "2:1"],
  ["SELECT id FROM", "PARSE_SYNTAX_ERROR", "end of input", "1:15"],
  ["SELECT id FROM t JOIN", "PARSE_SYNTAX_ERROR", "end of input", "1:22"],
  ["SELECT id FROM t WHERE", "PARSE_SYNTAX_ERROR", "end of input", "1:23"],
  ["SELECT id FROM t GROUP id", "PARSE_SYNTAX_ERROR", "'id'", "1:24"],
  ["SELECT id FROM t HAVING", "PARSE_SYNTAX_ERROR", "end of input", "1:24"],
  ["SELECT id FROM t ORDER id", "PARSE_SYNTAX_ERROR", "'id'", "1:24"],
  ["SELECT id FROM t LIMIT", "PARSE_SYNTAX_ERROR", "end of input", "1:23"],
  ["SELECT id FROM t OFFSET", "PARSE_SYNTAX_ERROR", "end of input", "1:24"],
  ["SELECT id FROM t UNION", "PARSE_SYNTAX_ERROR", "end of input", "1:23"],
  ["WITH x SELECT 1", "PARSE_SYNTAX_ERROR", "'SELECT'", "1:8"],
  ["SELECT 'open", "PARSE_SYNTAX_ERROR", "closing", "1:8"],
  ["SELECT 1 /* open", "UNCLOSED_BRACKETED_COMMENT", "*/", "1:10"],
  ["SELECT 1e999", "INVALID_NUMERIC_LITERAL_RANGE", "1e999", "1:8"],
  ["SELECT DATE'2020-13-01'", "INVALID_TYPED_LITERAL", "2020-13-01", "1:8"],
  ["SELECT INTERVAL 1 FROB", "PARSE_SYNTAX_ERROR", "FROB", "1:19"],
  ["SELECT CAST(1 AS decimal(50, 2))", "DECIMAL_PRECISION_EXCEEDS", "50", "1:18"],
  ["SELECT id, sum(n) FROM t", "MISSING_GROUP_BY", "GROUP BY"],
  ["SELECT id FROM t WHERE sum(n) > 1", "INVALID_WHERE_CONDITION", "sum(n)", "1:31"],
  ["SELECT id FROM t GROUP BY sum(n)", "GROUP_BY_AGGREGATE", "sum(n)", "1:27"],
  ["SELECT id FROM t GROUP BY 7", "GROUP_BY_POS_OUT_OF_RANGE", "7"],
  ["SELECT id FROM t ORDER BY 9", "ORDER_BY_POS_OUT_OF_RANGE", "9"],
  ["SELECT sum(sum(n)) FROM t", "NESTED_AGGREGATE_FUNCTION", "aggregate", "1:8"],
  ["SELECT id FROM t LIMIT -1", "INVALID_LIMIT_LIKE_EXPRESSION.IS_NEGATIVE", "-1"],
  ["SELECT id FROM t LIMIT id", "INVALID_LIMIT_LIKE_EXPRESSION.IS_UNFOLDABLE", "id", "1:24"],
  ["VALUES (1), (2, 3)", "INVALID_INLINE_TABLE.NUM_COLUMNS_MISMATCH", "2 columns"],
  ["WITH x AS (SELECT 1), x AS (SELECT 2) SELECT * FROM x", "DUPLICATED_CTE_NAMES", "`x`"],
  ["SELECT * FROM range(1, 10, 0)", "INVALID_PARAMETER_VALUE", "step", "1:15"],
];

const UNSUPPORTED: readonly Case[] = [
  [
    "SELECT * FROM t LATERAL VIEW explode(array(1)) e AS x",
    "UNSUPPORTED_FEATURE",
    "LATERAL VIEW",
    "1:17",
  ],
  ["SELECT * FROM t TABLESAMPLE (10 PERCENT)", "UNSUPPORTED_FEATURE", "TABLESAMPLE", "1:17"],
  ["INSERT INTO t VALUES (1)", "UNSUPPORTED_FEATURE", "INSERT", "1:1"],
  ["CREATE TABLE z (a int)", "UNSUPPORTED_FEATURE", "CREATE TABLE", "1:8"],
  ["SHOW DATABASES", "UNSUPPORTED_FEATURE", "SHOW DATABASES", "1:6"],
  ["SELECT * FROM csv.`/x.csv`", "UNSUPPORTED_DATASOURCE_FOR_DIRECT_QUERY", "csv"],
];

const VALUES: readonly Case[] = [
  ["SELECT n / (n - 5) FROM t", "DIVIDE_BY_ZERO", "Division by zero"],
  ["SELECT n % (n - 5) FROM t", "REMAINDER_BY_ZERO", "Remainder by zero"],
  ["SELECT n div (n - 5) FROM t", "DIVIDE_BY_ZERO", "Division by zero"],
  ["SELECT 9223372036854775807 + n FROM t", "ARITHMETIC_OVERFLOW", "long overflow"],
  ["SELECT 9223372036854775807 * n FROM t", "ARITHMETIC_OVERFLOW", "long overflow"],
  ["SELECT CAST(n AS tinyint) + 127Y FROM t", "BINARY_ARITHMETIC_OVERFLOW", "127S"],
  ["SELECT sum(9223372036854775807 - n) FROM t", "ARITHMETIC_OVERFLOW", "overflow"],
  [
    "SELECT amount * 99999999999999999999999999999999999999 FROM t",
    "NUMERIC_VALUE_OUT_OF_RANGE",
    "Decimal(38",
  ],
  ["SELECT CAST(n + 2147483647 AS int) FROM t", "CAST_OVERFLOW", '"INT"'],
  ["SELECT CAST(s || 'x' AS int) FROM t", "CAST_INVALID_INPUT", "'0x'"],
  ["SELECT CAST(s AS date) FROM t WHERE n = 3", "CAST_INVALID_INPUT", '"DATE"'],
  ["SELECT to_date(s, 'yyyy-MM-dd') FROM t", "CANNOT_PARSE_TIMESTAMP", "'0'"],
  ["SELECT s RLIKE '(' FROM t", "INVALID_PARAMETER_VALUE.PATTERN", "'('"],
  ["SELECT make_date(2020, n + 13, 1) FROM t", "DATETIME_FIELD_OUT_OF_BOUNDS", "13"],
];

const WITHOUT_ANSI: readonly (readonly [sql: string, value: unknown])[] = [
  ["SELECT n / 0 FROM t", null],
  ["SELECT n % 0 FROM t", null],
  ["SELECT n div 0 FROM t", null],
  ["SELECT 9223372036854775807 + n FROM t", -9223372036854775808n],
  ["SELECT CAST(n + 127 AS tinyint) FROM t", -128],
  ["SELECT CAST(s || 'x' AS int) FROM t", null],
  ["SELECT CAST('2020-13-01' AS date) FROM t", null],
  ["SELECT CAST(n + 99999.5 AS decimal(5,2)) FROM t", null],
];

const SETTINGS: readonly Case[] = [
  ["SET spark.sql.ansi.enabled = maybe", "INVALID_CONF_VALUE", "boolean"],
  ["SET spark.sql.shuffle.partitions = 0", "INVALID_CONF_VALUE", "positive"],
  ["SET spark.sql.shuffle.partitions = x", "INVALID_CONF_VALUE", "int"],
  ["SET spark.sql.session.timeZone = Mars/Base", "INVALID_CONF_VALUE.TIME_ZONE", "Mars/Base"],
  ["SET spark.sql.autoBroadcastJoinThreshold = many", "INVALID_SIZE", "many"],
  ["SET spark.sql.warehouse.dir = /x", "CANNOT_MODIFY_CONFIG", "spark.sql.warehouse.dir"],
];

describe("a wrong statement", () => {
  let spark: Session;
  beforeAll(() => {
    spark = Session.local({ workers: 1 });
    const t =
      "SELECT id, id AS n, CAST(id AS STRING) AS s, CAST(id AS DECIMAL(38,0)) AS amount, DATE'2020-01-01' AS day FROM range(10)";
    spark.sql(`CREATE TEMP VIEW t AS ${t}`);
    spark.sql("CREATE TEMP VIEW u AS SELECT id FROM range(3)");
  });
  afterAll(() => spark.stop());
  beforeEach(() => spark.conf.unset("spark.sql.ansi.enabled"));

  const check = async ([sql, condition, names, place]: Case): Promise<void> => {
    const error = await expectTypedError(async () => spark.sql(sql).run());
    expect(error.condition.startsWith(condition) ? condition : error.condition).toBe(condition);
    expect(error.message).toContain(names);
    expect(error.sqlState).toMatch(/^[0-9A-Z]{5}$/);
    const { line, column } = error.details;
    if (place !== undefined) expect(`${line}:${column}`).toBe(place);
  };

  it.each(NAMES)("%s ends in %s, which names %s", (...row) => check(row as unknown as Case));
  it.each(TYPES)("%s ends in %s, which names %s", (...row) => check(row as unknown as Case));
  it.each(CLAUSES)("%s ends in %s, which names %s", (...row) => check(row as unknown as Case));
  it.each(UNSUPPORTED)("%s ends in %s, which names %s", (...row) => check(row as unknown as Case));
  it.each(VALUES)("%s ends in %s, which names %s", (...row) => check(row as unknown as Case));
  it.each(SETTINGS)("%s ends in %s, which names %s", (...row) => check(row as unknown as Case));

  it.each(WITHOUT_ANSI)("%s gives %s without ANSI", async (sql, value) => {
    spark.conf.set("spark.sql.ansi.enabled", false);
    const values = (await spark.sql(sql).collect()).map((row) => row.get(0));
    expect(values).toContain(value);
  });

  it("leaves the session as it was", async () => {
    expect(await spark.sql("SELECT count(*) FROM t").first()).toEqual({ "count(1)": 10n });
  });

  it.each([
    ["brackets", `SELECT ${"(".repeat(5000)}1${")".repeat(5000)}`],
    ["sums", `SELECT ${Array(20000).fill("id").join("+")} FROM t`],
    ["subqueries", `${"SELECT * FROM (".repeat(3000)}SELECT 1${")".repeat(3000)}`],
  ])("says that %s are too deep", async (_, sql) => {
    const error = await expectTypedError(async () => spark.sql(sql).run());
    expect(error.condition).toBe("FAILED_TO_PARSE_TOO_COMPLEX");
  });

  it("says that a CASE of 8,000 branches is too much code, and finds a value among 8,000", async () => {
    const numbers = Array.from({ length: 8_000 }, (_, i) => i + 5);
    const branches = numbers.map((i) => `WHEN id = ${i} THEN ${i}`).join(" ");
    const error = await expectTypedError(() =>
      spark.sql(`SELECT CASE ${branches} END FROM t`).run(),
    );
    expect(error.condition).toBe("GENERATED_CODE_TOO_LARGE");
    const found = spark.sql(`SELECT count(*) AS c FROM t WHERE id IN (${numbers.join(",")})`);
    expect(await found.first()).toEqual({ c: 5n });
    const none = spark.sql(
      `SELECT count(*) AS c FROM t WHERE id NOT IN (NULL, ${numbers.join(",")})`,
    );
    expect(await none.first()).toEqual({ c: 0n });
  });

  it.each(["SELECT repeat(s, 2000000000) FROM t", "SELECT space(2000000000)"])(
    "%s ends in MEMORY_LIMIT_EXCEEDED",
    async (sql) => {
      const error = await expectTypedError(async () => spark.sql(sql).run());
      expect(error.condition).toBe("MEMORY_LIMIT_EXCEEDED");
    },
  );
});

describe("wrong use of the API", () => {
  let spark: Session;
  beforeAll(() => {
    spark = Session.local({ workers: 1 });
  });
  afterAll(() => spark.stop());

  /** As a caller without types sees it. */
  // biome-ignore lint/suspicious/noExplicitAny: what is wrong here is what the types forbid
  const untyped = (value: unknown): any => value;

  const CALLS: readonly (readonly [condition: string, call: () => unknown])[] = [
    ["UNRESOLVED_COLUMN", () => spark.range(3).select("nope").collect()],
    ["UNRESOLVED_COLUMN", () => spark.range(3).orderBy("nope").collect()],
    ["UNRESOLVED_COLUMN", () => spark.range(3).dropDuplicates(["nope"]).collect()],
    ["PARSE_SYNTAX_ERROR", () => spark.range(3).filter("id >")],
    ["DATATYPE_MISMATCH", () => spark.range(3).filter("id").collect()],
    ["NOT_EXPECTED_TYPE", () => spark.range(3).filter(untyped(5))],
    ["NOT_EXPECTED_TYPE", () => spark.range(3).withColumn("x", untyped(5))],
    ["NOT_EXPECTED_TYPE", () => spark.range(1.5)],
    ["NOT_EXPECTED_TYPE", () => spark.range(2n ** 70n)],
    ["NOT_EXPECTED_TYPE", () => spark.range(0, 5, 0)],
    ["NOT_EXPECTED_TYPE", () => spark.sql(untyped(5))],
    ["NOT_EXPECTED_TYPE", () => spark.read.parquet(untyped(5))],
    ["NOT_EXPECTED_TYPE", () => spark.range(3).run({ timeoutMs: Number.NaN })],
    ["NOT_EXPECTED_TYPE", () => spark.range(3).run({ signal: untyped(5) })],
    ["INVALID_LIMIT_LIKE_EXPRESSION", () => spark.range(3).limit(-1)],
    ["INVALID_LIMIT_LIKE_EXPRESSION", () => spark.range(3).take(1.5)],
    ["UNSUPPORTED_JOIN_TYPE", () => spark.range(3).join(spark.range(3), "id", untyped("sideways"))],
    [
      "NUM_COLUMNS_MISMATCH",
      () =>
        spark
          .range(3)
          .union(spark.range(3).select("id", lit(1)))
          .collect(),
    ],
    ["ASSIGNMENT_ARITY_MISMATCH", () => spark.range(3).toDF("a", "b").collect()],
    ["MISSING_AGGREGATE", () => spark.range(3).groupBy("id").agg(untyped(undefined))],
    ["INVALID_EXPLAIN_MODE", () => spark.range(3).explainString(untyped("loud"))],
    ["INVALID_COLUMN_INDEX", async () => (await spark.range(3).collect())[0]?.get(7)],
    ["UNSUPPORTED_FEATURE.LITERAL_TYPE", () => lit(untyped(() => 1))],
    [
      "DATATYPE_MISMATCH",
      () =>
        spark
          .range(3)
          .select(when(f.col("id"), lit(1)))
          .collect(),
    ],
    ["SQL_CONF_NOT_FOUND", () => spark.conf.get("nope")],
    ["INVALID_CONF_VALUE", () => spark.conf.set("spark.sql.shuffle.partitions", -3)],
    ["INVALID_SESSION_OPTION", () => Session.local({ workers: 0 })],
    ["INVALID_SESSION_OPTION", () => Session.local({ memory: "1k" })],
    ["INVALID_SIZE", () => Session.local({ memory: "lots" })],
    ["INVALID_CONF_VALUE", () => Session.local({ settings: { "spark.sql.ansi.enabled": "x" } })],
    ["NOT_EXPECTED_TYPE", () => spark.createDataFrame(untyped(5))],
    ["CANNOT_INFER_SCHEMA_FOR_TYPE", () => spark.createDataFrame(untyped([1]))],
    ["CANNOT_MERGE_TYPE", () => spark.createDataFrame([{ a: 1 }, { a: "x" }])],
    ["CANNOT_DETERMINE_TYPE", () => spark.createDataFrame([{ a: null }])],
    ["AXIS_LENGTH_MISMATCH", () => spark.createDataFrame([[1, 2], [3]], ["a", "b"])],
    ["FIELD_DATA_TYPE_UNACCEPTABLE", () => spark.createDataFrame([{ a: "x" }], "a INT")],
    ["FIELD_DATA_TYPE_UNACCEPTABLE", () => spark.createDataFrame([{ a: 3e9 }], "a INT")],
    ["FIELD_NOT_NULLABLE", () => spark.createDataFrame([{ a: null }], "a INT NOT NULL")],
    ["UNSUPPORTED_DATATYPE", () => spark.createDataFrame([{ a: 1 }], "a FROB")],
    ["UNRESOLVED_COLUMN", () => spark.createDataFrame([{ a: 1, z: 2 }], "a INT")],
  ];

  it.each(CALLS)("ends in %s: %s", async (condition, call) => {
    const error = await expectTypedError(async () => call());
    expect(error.condition.startsWith(condition) ? condition : error.condition).toBe(condition);
  });

  it("says that a session was stopped", async () => {
    const stopped = Session.local({ workers: 1 });
    const frame = stopped.range(3);
    await stopped.stop();
    await stopped.stop();
    expect((await expectTypedError(() => frame.collect())).condition).toBe("SESSION_STOPPED");
  });
});
