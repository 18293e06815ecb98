import { inspect } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { Decimal, functions as F, Session, Timestamp } from "../../../src/index.ts";
import { SPARK_API } from "../../../src/session/spark-api/spark-names.ts";

const session = Session.local({ workers: 1, memory: "256m" });
afterAll(() => session.stop());
const df = session.createDataFrame([{ id: 1, name: "x" }], "id BIGINT, name STRING");
const { col } = F;

const OBJECTS: { readonly [owner in keyof typeof SPARK_API]: object } = {
  SparkSession: session,
  DataFrame: df,
  Column: col("a"),
  GroupedData: df.groupBy("id"),
  DataFrameReader: session.read,
  Catalog: session.catalog,
  RuntimeConfig: session.conf,
  functions: F,
};

describe.each(Object.entries(SPARK_API))("every name of Spark's %s", (owner, names) => {
  const target = OBJECTS[owner as keyof typeof SPARK_API] as { readonly [name: string]: unknown };

  it("is there, or throws a typed error that names another way", () => {
    for (const name of names.methods.split(" ").filter(Boolean))
      expect([name, typeof target[name]]).toEqual([name, "function"]);
    for (const name of names.attributes.split(" ").filter(Boolean)) {
      try {
        expect([name, target[name]]).not.toEqual([name, undefined]);
      } catch (error) {
        expect(error).toMatchObject({ condition: "UNSUPPORTED_FEATURE", sqlState: "0A000" });
      }
    }
  });
});

describe("a name of Spark that is not supported", () => {
  const any = df as unknown as { readonly [name: string]: (...args: unknown[]) => unknown };

  it.each<readonly [string, () => unknown, string]>([
    ["df.rdd", () => any["rdd"], "Spark's DataFrame.rdd. Instead: collect()"],
    ["df.write", () => any["write"], "tindra sql --output FILE"],
    ["df.repartition(3)", () => any["repartition"]?.(3), "spark.sql.shuffle.partitions"],
    ["df.toPandas()", () => any["toPandas"]?.(), "toArrow()"],
    ["col.startswith", () => (col("a") as never as typeof any)["startswith"]?.("x"), "startsWith"],
    ["col.when", () => (col("a") as never as typeof any)["when"]?.("x"), "functions.when"],
    [
      "F.session_window",
      () => (F as never as typeof any)["session_window"]?.("a"),
      "functions.session_window",
    ],
    ["spark.streams", () => (session as never as typeof any)["streams"], "SparkSession.streams"],
    ["Session.builder", () => (Session as never as typeof any)["builder"], "Session.local"],
  ])("%s says what to use instead", (_, use, message) => {
    expect(use).toThrow(message);
    expect(use).toThrow(expect.objectContaining({ condition: "UNSUPPORTED_FEATURE" }));
  });

  it("does not make a promise of a DataFrame, nor gets in the way of what walks over one", async () => {
    expect(await df).toBe(df);
    expect("then" in df).toBe(false);
    expect(Object.keys(df).sort()).toEqual(["broadcasts", "plan"]);
    expect(() => JSON.stringify({ df, column: col("a"), grouped: df.groupBy("id") })).not.toThrow();
    expect({ ...df }.plan).toBe(df.plan);
    expect(df).toEqual(df.select("id").toDF() && df);
    expect(df.select("id")).not.toEqual(df.select("name"));
    expect(col("a")).toEqual(col("a"));
    expect(col("a")).not.toEqual(col("b"));
    expect(structuredClone({ plan: df.plan })).toBeTruthy();
    expect(inspect(df, { showHidden: true, getters: true })).toContain("DataFrame");
    expect(Object.keys(F)).not.toContain("session_window");
  });
});

describe("console.log", () => {
  it.each<readonly [unknown, string]>([
    [col("a").gt(1).and(F.upper("b").equalTo("x")), "Column<'((a > 1) AND (upper(b) = x))'>"],
    [F.count_distinct("a").as("n"), "Column<'count(distinct a) AS n'>"],
    [col("a").desc(), "SortColumn<'a DESC NULLS LAST'>"],
    [df, "DataFrame[id: bigint, name: string]"],
    [session.range(3), "DataFrame[id: bigint]"],
    [Decimal.parse("12.50"), "Decimal(12.50)"],
    [new Timestamp(1_500_000n), "Timestamp(1970-01-01T00:00:01.5Z)"],
    [session, "Session[running, 0 temporary views]"],
  ])("prints %o as what it is", (value, text) => {
    expect(inspect(value)).toBe(text);
    expect(inspect({ value })).toContain(text);
  });

  it("prints the plan of a DataFrame until its columns are known, without running it", async () => {
    const frame = session.read.parquet("/nowhere").filter("id > 1");
    expect(inspect(frame)).toBe(
      "DataFrame[columns: await df.schema()]\nFilter ('id > 1)\n+- 'UnresolvedFiles parquet [/nowhere]",
    );
    const known = df.filter("id > 1");
    await known.schema();
    expect(inspect(known)).toBe("DataFrame[id: bigint, name: string]");
    const ran = df.select("name");
    await ran.collect();
    expect(inspect(ran)).toBe("DataFrame[name: string]");
  });

  it("prints a row with its values", async () => {
    const row = await session
      .sql("SELECT 1.50BD AS m, TIMESTAMP'1970-01-01 00:00:01' AS at")
      .first();
    expect(inspect(row)).toBe("Row { m: Decimal(1.50), at: Timestamp(1970-01-01T00:00:01Z) }");
  });
});

describe("an operator of JavaScript on a column", () => {
  const a = col("a") as never as number;

  it.each<readonly [string, () => unknown]>([
    ["a > 1", () => a > 1],
    ["a + 1", () => a + 1],
    // biome-ignore lint/suspicious/noDoubleEquals: it is what is asked
    ["a == 1", () => (a as unknown) == 1],
    ["-a", () => -a],
  ])("%s throws what to write instead", (_, use) => {
    expect(use).toThrow(expect.objectContaining({ condition: "CANNOT_CONVERT_COLUMN_INTO_VALUE" }));
    expect(use).toThrow(".and, .or and .not in place of &&, || and !");
  });

  it("in a template is the column's text", () => {
    expect(`${col("a").plus(1)}`).toBe("(a + 1)");
  });

  it("that makes a boolean is no condition", () => {
    expect(() => df.filter(!col("a") as never)).toThrow("in place of ==, &&, || and !");
  });
});
