import { formatHiveValue } from "../../src/answer/format-value.ts";
import { asTindraError } from "../../src/common/errors.ts";
import type { DataFrame, Session } from "../../src/index.ts";
import type { LogicalPlan } from "../../src/plan/logical-plan.ts";
import { planChildren } from "../../src/plan/plan-tree.ts";
import { GoldenTables } from "./golden-tables.ts";

/** A statement of Spark's SQL tests and what Spark answers. */
export interface GoldenStatement {
  /** Its place in Spark's file. */
  readonly number: number;
  readonly sql: string;
  readonly kind: "query" | "view" | "set" | "ddl";
  /** Names and types: `struct<a:int>`. */
  readonly schema?: string;
  /** Cells tab-separated; sorted as texts where the query does not order them. */
  readonly rows?: readonly string[];
  /** Without a condition: an exception of Java, and any error of ours will do. Without SQLSTATE: any. */
  readonly error?: GoldenError;
}

export interface GoldenError {
  readonly condition: string | null;
  readonly sqlState?: string;
}

export interface GoldenFile {
  readonly ansi: boolean;
  readonly statements: readonly GoldenStatement[];
}

/** What a statement answered, in the form that Spark's expectations have. */
export type Answer =
  | { readonly schema: string; readonly rows: readonly string[]; readonly ordered: boolean }
  | {
      readonly error: { readonly condition: string; readonly sqlState?: string };
      readonly message: string;
    };

const TABLES = ["testdata", "arraydata", "mapdata", "aggtest", "onek", "tenk1"];
const FOLDER = new URL("../data/spark-golden/tables/", import.meta.url);

/** Forgets what an earlier file did to the session, and sets it up as Spark's tests do. */
export function openGoldenSession(spark: Session, ansi: boolean): void {
  for (const name of spark.catalog.listTables()) spark.catalog.dropTempView(name);
  spark.conf.reset();
  spark.conf.set("spark.sql.session.timeZone", "America/Los_Angeles");
  spark.conf.set("spark.sql.ansi.enabled", ansi);
  for (const table of TABLES)
    spark.read.parquet(new URL(`${table}.parquet`, FOLDER).pathname).createOrReplaceTempView(table);
}

/** The statements of a file that are not answered as Spark answers them. */
export async function differences(
  spark: Session,
  { ansi, statements }: GoldenFile,
): Promise<readonly { readonly number: number; readonly sql: string; readonly why: string }[]> {
  openGoldenSession(spark, ansi);
  const tables = new GoldenTables(spark);
  const found = [];
  for (const statement of statements) {
    if (statement.kind === "ddl" && tables.run(statement.sql)) continue;
    const why = difference(statement, await answerOf(spark, statement.sql));
    if (why !== null) found.push({ number: statement.number, sql: statement.sql, why });
  }
  return found;
}

/** Runs one statement; never throws. */
export async function answerOf(spark: Session, sql: string): Promise<Answer> {
  try {
    const frame = spark.sql(sql);
    const result = await frame.run();
    const types = result.schema.fields.map((field) => field.type);
    const rows: string[] = [];
    for (const row of result.engineRows())
      rows.push(
        types.map((type, i) => formatHiveValue(row[i] ?? null, type, result.timeZone)).join("\t"),
      );
    return { schema: result.schema.simpleString(), rows, ordered: isOrdered(frame) };
  } catch (thrown) {
    const { condition, sqlState, message } = asTindraError(thrown);
    return { error: { condition, ...(sqlState === undefined ? {} : { sqlState }) }, message };
  }
}

/** What is not as Spark has it, or null. */
export function difference(expected: GoldenStatement, answer: Answer): string | null {
  if (expected.error !== undefined) return errorDifference(expected.error, answer);
  if ("error" in answer) return `error ${answer.error.condition}: ${answer.message}`;
  if (expected.kind !== "query") return null;
  if (expected.schema !== undefined && expected.schema !== answer.schema)
    return `schema ${answer.schema} instead of ${expected.schema}`;
  const lines = (rows: readonly string[]): string[] => {
    const split = rows.join("\n").split("\n");
    return (answer.ordered ? split : split.sort()).join("\n").trimEnd().split("\n");
  };
  const [got, wanted] = [lines(answer.rows), lines(expected.rows ?? [])];
  if (got.join("\n") === wanted.join("\n")) return null;
  return `rows ${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`;
}

function errorDifference(expected: GoldenError, answer: Answer): string | null {
  if (expected.condition === null) return "error" in answer ? null : `rows instead of an error`;
  const { condition, sqlState } = expected;
  const wanted = sqlState === undefined ? condition : `${condition} ${sqlState}`;
  if (!("error" in answer)) return `rows ${JSON.stringify(answer.rows)} instead of error ${wanted}`;
  const { error } = answer;
  const got = sqlState === undefined ? error.condition : `${error.condition} ${error.sqlState}`;
  return got === wanted ? null : `error ${got} (${answer.message}) instead of ${wanted}`;
}

/** Spark's tests take the order of rows as it is where a sort lies above everything that could undo it. */
function isOrdered(frame: DataFrame): boolean {
  return sorted(frame.plan);
}

const UNORDERED = new Set(["join", "aggregate", "distinct"]);

function sorted(plan: LogicalPlan): boolean {
  if (plan.kind === "sort") return true;
  if (UNORDERED.has(plan.kind)) return false;
  return planChildren(plan).some(sorted);
}
