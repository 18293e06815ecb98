import { type DataFrame, functions as F, type Row, Session, type Value } from "../../src/index.ts";

/**
 * Never run: `tsc` checks that right use compiles, and that wrong use does not (`@ts-expect-error` is an error itself
 * where the line below it compiles).
 */
export async function typesOfTheApi(session: Session, df: DataFrame): Promise<void> {
  const { col } = F;

  const rows: Row[] = await df.filter(col("a").gt(1)).select("a", col("b").as("c")).collect();
  const value: Value | undefined = rows[0]?.["a"];
  const text: Value | undefined = rows[0]?.get(0);
  const count: number = await df.count();
  const first: Row | null = await df.head();
  const three: Row[] = await df.head(3);
  df.orderBy("a", col("b").desc(), F.desc("c"));
  df.join(df, "id", "left_outer")
    .join(df, ["a", "b"])
    .join(df, df.col("a").equalTo(col("b")));
  df.groupBy("a").agg({ b: "sum" });
  df.groupBy("a", col("b")).agg(F.sum("c"), F.countDistinct("d").as("n"));
  df.select(F.when(col("a").gt(1), "x").when(col("a").lt(0), 2n).otherwise(null));
  session.conf.set("spark.sql.ansi.enabled", false);
  session.sql("SELECT :a", { a: 1 });
  session.createDataFrame([{ a: 1 }], "a INT");
  df.orderBy("a", col("b"), { ascending: false }).sort(["a", "b"], { ascending: [true, false] });
  df.dropDuplicates("a", "b").dropDuplicates(["a"]).dropDuplicates();
  await df.show(5, false);
  await df.show(false);
  await df.show(5, { truncate: 10, vertical: true });
  df.fillna(0, ["a"]).fillna({ a: 1, b: "x" }).dropna("all").na.drop(2).replace([1, 2], 0);
  const parts: DataFrame[] = df.randomSplit([1, 2], 42);
  df.sample(0.5).sample(false, 0.5, 1n).describe("a").summary("count");
  df.transform((frame, least: number) => frame.filter(col("a").gt(least)), 3);
  df.join(F.broadcast(df), "id");
  col("a")
    .isin(1, 2)
    .and(col("a").isin([1, 2]));
  session.onWarning(({ condition, message }) => void [condition, message]);
  for (const statement of session.splitScript("SELECT 1; SELECT 2")) session.sql(statement);
  void [value, text, count, first, three, parts];

  // @ts-expect-error what is not supported is not there
  df.rdd;
  // @ts-expect-error nor can it be called
  df.repartition(3);
  // @ts-expect-error nor on columns
  col("a").startswith("x");
  // @ts-expect-error nor among functions
  F.session_window("a");
  // @ts-expect-error nor on sessions
  session.streams;
  // @ts-expect-error a sort order says its own direction, and options are booleans
  df.orderBy("a", { ascending: "down" });
  // @ts-expect-error replacement is not supported
  df.sample(true, 0.5);

  // @ts-expect-error a condition is a column or SQL
  df.filter(42);
  // @ts-expect-error a condition is no order
  df.filter(col("a").desc());
  // @ts-expect-error plus needs an operand
  col("a").plus();
  // @ts-expect-error undefined is no value
  col("a").equalTo(undefined);
  // @ts-expect-error an object is no constant
  col("a").equalTo({ a: 1 });
  // @ts-expect-error there is no such join
  df.join(df, "id", "sideways");
  // @ts-expect-error a join needs a DataFrame
  df.join("id");
  // @ts-expect-error rows are a number
  df.limit("10");
  // @ts-expect-error an order is no column
  df.select(col("a").asc());
  // @ts-expect-error agg needs an aggregate
  df.groupBy("a").agg();
  // @ts-expect-error only CASE has otherwise
  col("a").otherwise(1);
  // @ts-expect-error after otherwise comes no branch
  F.when(col("a"), 1).otherwise(2).when(col("b"), 3);
  // @ts-expect-error a count is a promise before it is a number
  const early: number = df.count();
  // @ts-expect-error a table is known by its name
  session.table(1);
  // @ts-expect-error there is no such explain mode
  await df.explain("loud");
  // @ts-expect-error a pattern is text
  col("a").like(1);
  // @ts-expect-error rows cannot be changed
  rows[0]["a"] = 1;
  // @ts-expect-error sessions are made by Session.local
  new Session({});
  // @ts-expect-error workers are a number
  Session.local({ workers: "2" });
  // @ts-expect-error the columns of withColumns are columns
  df.withColumns({ a: 1 });
  void early;
}
