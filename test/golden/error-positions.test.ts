import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asTindraError, type TindraError } from "../../src/common/errors.ts";
import { Session } from "../../src/index.ts";
import { KEPT_TABLES, tablePath } from "../spark/kept-answers.ts";
import { GoldenTables } from "../support/golden-tables.ts";
import {
  analyzerErrors,
  type ErrorStatements,
  goldenErrors,
  keptErrors,
  tableErrors,
} from "../support/spark-error-statements.ts";
import { openGoldenSession } from "../support/spark-golden.ts";

/** Statements and where their errors are: commands, files and clauses that Spark's tests say little about. */
const PLACES: readonly (readonly [sql: string, condition: string, line: number, column: number])[] =
  [
    ["SELECT 1\nFROM parquet.`/not/there`", "PATH_NOT_FOUND", 2, 6],
    ["SELECT 1\nFROM csv.`/not/there`", "UNSUPPORTED_DATASOURCE_FOR_DIRECT_QUERY", 2, 6],
    ["\n CREATE TEMP VIEW plain AS SELECT 1", "TEMP_TABLE_OR_VIEW_ALREADY_EXISTS", 2, 2],
    [" SET spark.sql.ansi.enabled=maybe", "INVALID_CONF_VALUE", 1, 2],
    [" SET TIME ZONE 'Nowhere/Nope'", "INVALID_CONF_VALUE.TIME_ZONE", 1, 2],
    [
      "WITH a AS (SELECT 1),\nb(x, y) AS (SELECT 1) SELECT * FROM b",
      "ASSIGNMENT_ARITY_MISMATCH",
      2,
      1,
    ],
    ["SELECT DISTINCT c_map FROM plain", "UNSUPPORTED_FEATURE.SET_OPERATION_ON_MAP_TYPE", 1, 8],
    ["SELECT id FROM plain ORDER BY id, c_map", "DATATYPE_MISMATCH.INVALID_ORDERING_TYPE", 1, 35],
    ["SELECT id FROM plain ORDER BY id,\n7", "ORDER_BY_POS_OUT_OF_RANGE", 2, 1],
    ["SELECT id FROM plain GROUP BY 1,\n9", "GROUP_BY_POS_OUT_OF_RANGE", 2, 1],
    ["SELECT id, id + g FROM plain GROUP BY id", "MISSING_AGGREGATION", 1, 15],
    ["SELECT id FROM plain WHERE\n1", "DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN", 2, 1],
    ["SELECT id FROM plain LIMIT\n-1", "INVALID_LIMIT_LIKE_EXPRESSION.IS_NEGATIVE", 2, 1],
    ["SELECT 1 UNION SELECT 2\nUNION ALL SELECT 3, 4", "NUM_COLUMNS_MISMATCH", 2, 1],
    ["SELECT 1 FROM plain a\nJOIN plain b USING (nope)", "UNRESOLVED_USING_COLUMN_FOR_JOIN", 2, 1],
    ["SELECT 1 FROM plain a JOIN plain b ON\n'x'", "JOIN_CONDITION_IS_NOT_BOOLEAN_TYPE", 2, 1],
    [
      "SELECT 1 + CAST(id AS date) FROM plain",
      "DATATYPE_MISMATCH.CAST_WITH_FUNC_SUGGESTION",
      1,
      12,
    ],
    ["SELECT 1 + CASE WHEN 1 THEN 2 END", "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE", 1, 12],
  ];

describe("an analysis error of a statement has a line and a column", () => {
  let spark: Session;
  beforeAll(() => {
    spark = Session.local({ workers: 1 });
  });
  afterAll(() => spark.stop());

  test.each(PLACES)("in %j, which is %s", async (sql, condition, line, column) => {
    openTables(spark, true);
    const error = await errorOf(spark, sql);
    expect(error).toMatchObject({ condition, details: { line, column } });
  });

  test.each([
    ["Spark's SQL tests", goldenErrors],
    ["the analyzer's data", analyzerErrors],
    ["random statements", keptErrors],
    ["tables of answers", tableErrors],
  ] as const)("in the statements of %s", { timeout: 120_000 }, async (_name, files) => {
    const found = [];
    for (const file of files()) found.push(...(await errorsWithoutPlace(spark, file)));
    expect(found).toEqual([]);
  });
});

function openTables(spark: Session, ansi: boolean): void {
  openGoldenSession(spark, ansi);
  for (const name of KEPT_TABLES) spark.read.parquet(tablePath(name)).createOrReplaceTempView(name);
}

async function errorOf(spark: Session, sql: string): Promise<TindraError | null> {
  try {
    await spark.sql(sql).run();
    return null;
  } catch (thrown) {
    return asTindraError(thrown);
  }
}

async function errorsWithoutPlace(
  spark: Session,
  { file, ansi, statements }: ErrorStatements,
): Promise<readonly { readonly file: string; readonly sql: string; readonly error: string }[]> {
  openTables(spark, ansi);
  const tables = new GoldenTables(spark);
  const found = [];
  for (const sql of statements) {
    if (tables.run(sql)) continue;
    const error = await errorOf(spark, sql);
    if (error?.family !== "analysis" && error?.family !== "syntax") continue;
    const { line, column } = error.details;
    if (typeof line !== "number" || typeof column !== "number")
      found.push({ file, sql, error: `${error.condition}: ${error.message}` });
  }
  return found;
}
