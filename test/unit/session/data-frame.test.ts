import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { type DataFrame, functions as F, Session } from "../../../src/index.ts";

const SPARK: { readonly shows: { readonly [name: string]: string } } = JSON.parse(
  readFileSync(new URL("./spark-shows.json", import.meta.url), "utf8"),
);
const session = Session.local({
  workers: 1,
  memory: "512m",
  settings: { "spark.sql.shuffle.partitions": 1 },
});
afterAll(() => session.stop());

const { col, lit, when } = F;
const a = session.createDataFrame(
  [
    [1, "x", 1.5],
    [2, "y", null],
    [2, "z", -2],
    [null, "x", 0],
  ],
  "id INT, name STRING, v DOUBLE",
);
const b = session.createDataFrame(
  [
    { id: 1, word: "one" },
    { id: 2, word: "two" },
    { id: 3, word: "three" },
  ],
  "id INT, word STRING",
);
const id = col("id");
const v = col("v");
const name = col("name");
const upTo = (count: number) => ({ v: { vertical: true }, n: count });

const CASES: { readonly [name: string]: () => DataFrame } = {
  arithmetic: () =>
    a.select(
      id.plus(1),
      v.multiply(2),
      id.minus(v),
      id.divide(2),
      id.mod(2),
      id.negate().as("negated"),
    ),
  comparison: () =>
    a.select(
      id.equalTo(1),
      id.notEqual(1),
      id.gt(1),
      id.geq(1),
      id.lt(2),
      id.leq(2),
      id.eqNullSafe(null),
      id.equalTo(1).not(),
    ),
  logic: () => a.select(id.equalTo(1).and(name.equalTo("x")), id.equalTo(1).or(name.equalTo("x"))),
  nulls: () => a.select(v.isNull(), v.isNotNull(), v.isNaN()),
  isin: () => a.select(id.isin(1, 2), name.isin("x", "q"), id.between(1, 2)),
  strings: () =>
    a.select(
      name.like("x%"),
      name.rlike("[xy]"),
      name.startsWith("x"),
      name.endsWith("y"),
      name.contains("z"),
      name.substr(1, 1),
      name.ilike("X"),
    ),
  cast: () =>
    a.select(
      id.cast("string"),
      v.cast("decimal(10,2)"),
      id.cast("double").alias("d"),
      name.tryCast("int"),
    ),
  case: () =>
    a.select(
      when(id.equalTo(1), "one").when(id.equalTo(2), "two").otherwise("many"),
      when(v.gt(0), v),
    ),
  bits: () => a.select(id.bitwiseAND(1), id.bitwiseOR(4), id.bitwiseXOR(3)),
  withColumn: () => a.withColumn("v", v.plus(1)).withColumn("w", v.multiply(2)),
  withColumns: () => a.withColumns({ v: id, q: v }),
  renamed: () => a.withColumnRenamed("id", "key").withColumnRenamed("nope", "x"),
  drop: () => a.drop("id", "nope"),
  toDF: () => a.toDF("p", "q", "r"),
  filter: () => a.filter("id > 1 AND v IS NOT NULL"),
  group: () =>
    a
      .groupBy("id")
      .agg(
        F.count("*"),
        F.sum("v"),
        F.avg("v").alias("m"),
        F.countDistinct("name"),
        F.min("name"),
        F.max("name"),
      )
      .orderBy("id"),
  groupcount: () => a.groupBy("name").count().orderBy("name"),
  groupsum: () => a.groupBy("name").sum("id", "v").orderBy("name"),
  groupexpr: () => a.groupBy(id.mod(2).alias("odd")).agg({ v: "max" }).orderBy("odd"),
  aggall: () => a.agg(F.sum("id"), F.count("v"), F.first("name"), F.stddev("v")),
  join_inner: () => a.join(b, "id", "inner").orderBy("id", "name"),
  join_left_outer: () => a.join(b, "id", "left_outer").orderBy("id", "name"),
  join_right: () => a.join(b, "id", "right").orderBy("id", "name"),
  join_full: () => a.join(b, "id", "full").orderBy("id", "name"),
  join_leftsemi: () => a.join(b, "id", "leftsemi").orderBy("id", "name"),
  join_left_anti: () => a.join(b, "id", "left_anti").orderBy("id", "name"),
  join_cond: () =>
    a
      .join(b, a.col("id").equalTo(b.col("id")), "left")
      .select(a.col("id"), b.col("id"), "word")
      .orderBy(a.col("id"), "name"),
  cross: () => a.select("id").crossJoin(b.select("word")).orderBy("id", "word"),
  selfjoin: () =>
    a
      .alias("l")
      .join(a.alias("r"), col("l.id").equalTo(col("r.id")))
      .select("l.name", "r.name")
      .orderBy("l.name", "r.name"),
  orderBy: () => a.orderBy(id.desc(), v.asc_nulls_last()),
  limit: () => a.orderBy("name", "v").limit(2),
  offset: () => a.orderBy("name", "v").offset(3),
  distinct: () => a.select("name").distinct().orderBy("name"),
  dropdup: () => a.dropDuplicates(["name"]).select("name").orderBy("name"),
  union: () => a.select("id").union(b.select("id")).orderBy("id"),
  unionByName: () => a.unionByName(b, { allowMissingColumns: true }).orderBy("id", "name", "word"),
  intersect: () => a.select("id").intersect(b.select("id")).orderBy("id"),
  except: () => b.select("id").except(a.select("id")),
  exceptAll: () => a.select("id").exceptAll(b.select("id")).orderBy("id"),
  intersectAll: () => a.select("id").intersectAll(a.select("id")).orderBy("id"),
  selectExpr: () => a.selectExpr("id * 2 AS twice", "upper(name)", "*").orderBy("name", "twice"),
  star: () => a.join(b, "id").select("*").orderBy("name"),
  lits: () =>
    session.range(1).select(lit(1), lit(1.5), lit("x"), lit(true), lit(null), lit(2n ** 40n)),
  vertical: () => a,
};

const ERRORS: { readonly [name: string]: () => DataFrame } = {
  error_column: () => a.select("nope"),
  error_ambiguous: () => a.join(b, a.col("id").equalTo(b.col("id"))).select("id"),
  error_union: () => a.union(b),
  error_type: () => a.select(id.plus(lit(true))),
  error_filter: () => a.filter(id),
};

describe("a DataFrame gives what Spark gives", () => {
  it.each(Object.keys(CASES))("%s", async (key) => {
    const df = present(CASES[key])();
    const { n, v: options } = key === "vertical" ? upTo(2) : { n: 20, v: {} };
    const shown = `${await df.showString(n, options)}\n${(await df.schema()).treeString()}`;
    expect(shown).toBe(SPARK.shows[key]);
  });

  it.each(Object.keys(ERRORS))("%s", async (key) => {
    const spark = /\[([A-Z_.]+)\] (.*?)(?: SQLSTATE: (\w+))?;?$/.exec(SPARK.shows[key] ?? "");
    const error = await present(ERRORS[key])()
      .collect()
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ condition: spark?.[1], sqlState: spark?.[3] });
    expect((error as Error).message.split(";")[0]).toContain(spark?.[2]);
  });
});

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new RangeError("no such case");
  return value;
}
