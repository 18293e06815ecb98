import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { type DataFrame, functions as F, type Row, Session } from "../../../src/index.ts";

const SPARK: {
  readonly shows: { readonly [name: string]: { readonly schema: string; readonly show: string } };
} = JSON.parse(readFileSync(new URL("./spark-frame-aliases.json", import.meta.url), "utf8"));

const session = Session.local({
  workers: 1,
  memory: "512m",
  settings: { "spark.sql.shuffle.partitions": 1 },
});
afterAll(() => session.stop());

const df = session.createDataFrame(
  [
    [1, "x", 1.5, true],
    [2, "y", null, null],
    [null, null, Number.NaN, false],
    [4, "x", -2, true],
  ],
  "id INT, name STRING, v DOUBLE, ok BOOLEAN",
);
const typed = session.sql(
  "SELECT * FROM VALUES (1, 'x', 1.5D, true, 10L, 1.5BD, CAST(2.5 AS FLOAT), 3S, DATE'2020-01-01'), (NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL) t(i, s, d, b, l, m, f, h, dt)",
);
const pairs = new Map([
  [1, 100],
  [4, 400],
]);

const CASES: { readonly [name: string]: () => DataFrame } = {
  "fill every number": () => typed.fillna(0),
  "fill with a fraction": () => typed.na.fill(7.9),
  "fill every string": () => typed.fillna("q"),
  "fill every boolean": () => typed.fillna(true),
  "fill by column": () => typed.fillna({ i: 7.9, s: 5, d: 3, b: false, l: 9n, m: 2 }),
  "fill by column with a cast": () => typed.fillna({ i: "12", s: true, dt: "2020-02-02" }),
  "fill by column whatever its case": () => typed.fillna({ I: 7 }),
  "fill some": () => typed.fillna(0, ["i", "s"]),
  "fill NaN": () => df.fillna(0),
  "drop any": () => df.dropna(),
  "drop all": () => df.na.drop("all"),
  "drop below three": () => df.dropna(3),
  "drop below two of some": () => df.dropna(2, ["id", "v", "ok"]),
  "drop by one column": () => df.dropna("any", ["v"]),
  "replace a number": () => typed.replace(1, 5),
  "replace a fraction": () => typed.replace(1.5, 7.5),
  "replace by a fraction": () => df.na.replace(1, 2.75),
  "replace a string": () => df.replace("x", "z"),
  "replace by null": () => df.replace("x", null),
  "replace a boolean": () => df.replace(true, false),
  "replace NaN": () => df.replace(Number.NaN, 0),
  "replace two": () => df.replace([1, 2], [8, 9]),
  "replace two by one": () => df.replace([1, 2], 0),
  "replace by pairs": () => df.replace(pairs),
  "replace strings in one column": () => df.replace({ x: "1", y: "2" }, undefined, ["name"]),
  "replace in a column of another type": () => df.replace(1, 2, ["name"]),
  describe: () => df.describe(),
  "describe types": () => typed.describe(),
  "describe some": () => df.describe("v", "name"),
  "describe a boolean": () => typed.describe("b"),
  "describe no rows": () => df.filter("id > 9").describe(),
  "summary of some": () =>
    df.summary("count", "min", "count_distinct", "approx_count_distinct", "mean"),
  colRegex: () => df.select(df.colRegex("`(I|n).*`")),
  "colRegex with a lookahead": () => df.select(df.colRegex("`^(?!v).*`"), "v"),
  "colRegex in an expression": () => df.select(df.colRegex("`i.*`").plus(1)),
  "colRegex without a match": () => df.select(df.colRegex("`zz.*`")),
  "colRegex without quotes": () => df.select(df.colRegex("id")),
  "sort by directions": () => df.orderBy("name", "id", { ascending: [true, false] }),
  "sort descending": () => df.sort(["id", "name"], { ascending: false }),
  sample: () => session.range(50).sample(0.3, 42),
  "sample none": () => session.range(50).sample(0, 42),
  "sample all": () => session.range(5).sample(false, 1, 42n),
  binary: () =>
    session.sql(
      "SELECT X'1F8B' AS b, array(X'1F') a, named_struct('x', X'00') s, map('k', X'FF') m, X'' AS e",
    ),
};
/** Constructors of nested values are not there yet. */
const WAITING = new Set(["binary"]);

describe("an alias of the DataFrame API gives what Spark gives", () => {
  it.each(Object.keys(SPARK.shows).filter((name) => !WAITING.has(name)))("%s", async (name) => {
    const frame = CASES[name]?.();
    const { schema, show } = SPARK.shows[name] ?? {};
    expect((await frame?.schema())?.simpleString()).toBe(schema);
    expect(`${await frame?.showString(50, false)}`.trimEnd()).toBe(show?.trimEnd());
  });
});

describe("names of Spark for what is there under another", () => {
  it("mean the same", async () => {
    const rows = async (frame: DataFrame): Promise<string> => JSON.stringify(await frame.collect());
    expect(await rows(df.groupby("name").count().orderBy("name"))).toBe(
      await rows(df.groupBy("name").count().orderBy("name")),
    );
    expect(await rows(df.drop_duplicates("name").orderBy("id"))).toBe(
      await rows(df.dropDuplicates(["name"]).orderBy("id")),
    );
    expect(await rows(df.subtract(df.limit(3)))).toBe(await rows(df.except(df.limit(3))));
    expect(await rows(df.select(["id", "v"]))).toBe(await rows(df.select("id", "v")));
    expect(await rows(df.filter(F.col("id").isin([1, 4])))).toBe(
      await rows(df.filter(F.col("id").isin(1, 4))),
    );
  });

  it("transform applies a function with its arguments", async () => {
    const above = (frame: DataFrame, least: number) => frame.filter(F.col("id").gt(least));
    expect(await df.transform(above, 1).count()).toBe(2);
    expect(() => df.transform(() => 3 as never)).toThrow("function that returns a DataFrame");
  });

  it("broadcast marks the side of a join", async () => {
    const joined = df.join(F.broadcast(typed), F.col("i").equalTo(F.col("id")));
    expect(await joined.explainString()).toContain("Broadcast");
  });
});

describe("tail", () => {
  it("gives the last rows, of tables of several tasks too", async () => {
    expect((await df.tail(2)).map((row) => row["id"])).toEqual([null, 4]);
    expect(await df.tail(0)).toEqual([]);
    expect((await df.tail(9)).length).toBe(4);
    const last = await session.range(100_000).tail(3);
    expect(last.map((row) => row["id"])).toEqual([99_997n, 99_998n, 99_999n]);
    await expect(df.tail(-1)).rejects.toMatchObject({ sqlState: "42K0E" });
  });

  it("brings no more rows than asked for", async () => {
    const counts: number[] = [];
    const forget = session.onEvent((event) => {
      if (event.event === "stageFinished") counts.push(event.rows);
    });
    await session.range(1000).filter("id % 2 = 0").tail(3);
    forget();
    expect(counts.at(-1)).toBe(3);
  });
});

describe("randomSplit", () => {
  const ids = (rows: readonly Row[]): readonly bigint[] => rows.map((row) => row["id"] as bigint);

  it("gives parts that share no row and leave none out, in proportion to their weights", async () => {
    const split = session.range(3000).randomSplit([1, 2, 0], 42);
    const parts = await Promise.all(split.map((part) => part.collect()));
    const all = parts.flatMap(ids);
    expect(all.length).toBe(3000);
    expect(new Set(all).size).toBe(3000);
    expect(parts[0]?.length).toBeGreaterThan(900);
    expect(parts[0]?.length).toBeLessThan(1100);
    expect(parts[2]?.length).toBe(0);
  });

  it("repeats itself with a seed, and differs with another", async () => {
    const first = async (seed: number) =>
      ids((await session.range(200).randomSplit([1, 1], seed)[0]?.collect()) ?? []);
    expect(await first(7)).toEqual(await first(7));
    expect(await first(7)).not.toEqual(await first(8));
  });

  it("splits rows that an aggregate or a join makes", async () => {
    const grouped = session.range(500).groupBy(F.expr("id % 100 AS k")).agg(F.sum("id").as("s"));
    const counts = await Promise.all(grouped.randomSplit([2, 3], 1).map((part) => part.count()));
    expect(counts.reduce((a, b) => a + b)).toBe(100);
  });
});

describe("a wrong use of an alias", () => {
  it.each<readonly [string, () => unknown, object]>([
    [
      "a column that is not there",
      () => df.fillna({ nope: 1 }).collect(),
      { condition: "UNRESOLVED_COLUMN.WITH_SUGGESTION" },
    ],
    [
      "a column of a list that is not there",
      () => df.dropna("any", ["nope"]).collect(),
      { condition: "UNRESOLVED_COLUMN.WITH_SUGGESTION" },
    ],
    [
      "values of two kinds",
      () => df.replace({ a: 1 } as never),
      { condition: "MIXED_TYPE_REPLACEMENT" },
    ],
    [
      "a statistic that is none",
      () => df.summary("foo").collect(),
      { condition: "UNRECOGNIZED_STATISTIC", sqlState: "42704" },
    ],
    [
      "a percentile above 100",
      () => df.summary("101%").collect(),
      { condition: "UNRECOGNIZED_STATISTIC" },
    ],
    ["a fraction above 1", () => df.sample(1.5), { condition: "NOT_EXPECTED_TYPE" }],
    ["replacement", () => df.sample(true as never, 0.5), { condition: "NOT_EXPECTED_TYPE" }],
    ["weights of nothing", () => df.randomSplit([0, 0]), { condition: "INVALID_SPLIT_WEIGHTS" }],
    ["a negative weight", () => df.randomSplit([-1, 2]), { condition: "NOT_EXPECTED_TYPE" }],
    [
      "a direction for one of two columns",
      () => df.orderBy("id", "v", { ascending: [false] }),
      { condition: "NOT_EXPECTED_TYPE" },
    ],
    [
      "a direction for what has one",
      () => df.orderBy(F.desc("id"), { ascending: false }),
      { condition: "CONFLICTING_SORT_ORDER" },
    ],
    [
      "a bad pattern",
      () => df.select(df.colRegex("`(`")).collect(),
      { condition: "INVALID_PARAMETER_VALUE.PATTERN" },
    ],
  ])("%s ends in a typed error", async (_, use, expected) => {
    await expect((async () => use())()).rejects.toMatchObject(expected);
  });
});
