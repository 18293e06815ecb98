import { afterAll, describe, expect, it } from "vitest";
import { asTindraError, InternalError, TindraError } from "../../../src/common/errors.ts";
import { Column, type DataFrame, functions as F, Session, SortColumn } from "../../../src/index.ts";

const session = Session.local({ workers: 1, memory: "256m" });
afterAll(() => session.stop());
session.onWarning(() => undefined);

const df = session.createDataFrame([{ a: 1, b: "x" }], "a INT, b STRING");
const ROW_ACTIONS = new Set([
  "collect",
  "count",
  "run",
  "stream",
  "toArrow",
  "toLocalIterator",
  "first",
  "isEmpty",
]);

const JUNK: readonly (readonly [string, unknown])[] = [
  ["undefined", undefined],
  ["null", null],
  ["an object", {}],
  ["an object without a prototype", Object.create(null)],
  ["a symbol", Symbol("junk")],
  ["NaN", Number.NaN],
  ["a function", () => 1],
  ["an invalid date", new Date(Number.NaN)],
  ["an array of junk", [{}]],
  ["-1", -1],
  ["1.5", 1.5],
  ["a bigint", 10n ** 60n],
  ["true", true],
  ["an odd name", "no such `name"],
];

/** The calls of a method with junk in each place, the others being of use. */
function callsWith(junk: unknown): readonly (readonly unknown[])[] {
  return [[junk], ["a", junk], [junk, "a"], [F.col("a"), "b", junk]];
}

const namesOf = (target: object): readonly string[] =>
  Object.entries(Object.getOwnPropertyDescriptors(target))
    .filter(([name, { value }]) => typeof value === "function" && name !== "constructor")
    .map(([name]) => name);

/** A typed error of the caller's, or null. */
function endsWell(
  run: () => unknown,
): { readonly error: TindraError } | { readonly value: unknown } {
  try {
    return { value: run() };
  } catch (error) {
    if (!(error instanceof TindraError) || error instanceof InternalError) throw error;
    return { error };
  }
}

async function settlesWell(work: unknown): Promise<void> {
  try {
    await work;
  } catch (thrown) {
    const error = asTindraError(thrown);
    if (error instanceof InternalError) throw thrown;
    expect(error.message).not.toBe("");
  }
}

/** Analyzes what a call made. */
async function checkValue(value: unknown): Promise<void> {
  if (value instanceof Promise) return settlesWell(value);
  if (value instanceof Column) return settlesWell(df.select(value).schema());
  if (value instanceof SortColumn) return settlesWell(df.orderBy(value).schema());
  if (value instanceof (df.constructor as typeof Object))
    return settlesWell((value as DataFrame).schema());
}

const TARGETS: readonly (readonly [string, object, object])[] = [
  ["DataFrame", df, Object.getPrototypeOf(df)],
  ["Column", F.col("a"), Column.prototype],
  ["CASE", F.when(F.col("a").gt(1), 1), Object.getPrototypeOf(F.when(F.col("a").gt(1), 1))],
  ["GroupedData", df.groupBy("a"), Object.getPrototypeOf(df.groupBy("a"))],
  ["DataFrameReader", session.read, Object.getPrototypeOf(session.read)],
  ["Catalog", session.catalog, Object.getPrototypeOf(session.catalog)],
  ["na", df.na, Object.getPrototypeOf(df.na)],
  ["functions", F, F],
  ["Session", session, Session.prototype],
];
const PRIVATE = new Set([
  "stop",
  "run",
  "onEvent",
  "onWarning",
  "reset",
  "over",
  "project",
  "filtered",
  "checked",
  "condition",
  "comparison",
  "call",
  "binary",
  "castTo",
  "ordered",
  "aggregate",
  "each",
  "makeContext",
  "deferred",
  "frame",
  "checkRuns",
  "warnOnce",
  "noteSchema",
  "show",
  "printSchema",
  "explain",
  "cache",
  "persist",
]);

describe.each(TARGETS)("every method of %s", (owner, target, prototype) => {
  const methods = namesOf(prototype).filter((name) => !PRIVATE.has(name) && !ROW_ACTIONS.has(name));

  it.each(JUNK)("called with %s ends in a typed error or a valid result", async (_, junk) => {
    expect(methods.length).toBeGreaterThan(1);
    for (const name of methods)
      for (const args of callsWith(junk)) {
        const method = (
          target as { readonly [name: string]: (...args: readonly unknown[]) => unknown }
        )[name];
        try {
          const ended = endsWell(() => method?.apply(target, [...args]));
          if ("value" in ended) await checkValue(ended.value);
        } catch (error) {
          throw new TypeError(`${owner}.${name}(${args.map((arg) => typeof arg)})`, {
            cause: error,
          });
        }
      }
  });
});

describe("an argument of the wrong type", () => {
  it.each<readonly [string, () => unknown, string]>([
    ["F.coalesce", () => F.coalesce("a", 0 as never), "write lit(…) for a constant, got number 0"],
    [
      "df.limit",
      () => df.limit("10" as never),
      'limit must be an integer from 0 to 2147483647, but was string "10"',
    ],
    [
      "df.filter",
      () => df.filter(42 as never),
      "`condition` should be a Column or SQL, got number 42",
    ],
    ["df.join", () => df.join("b" as never), "`right` should be a DataFrame"],
    [
      "df.join",
      () => df.join(df, 3 as never),
      "`on` should be a Column, a name, or an array of names",
    ],
    ["col.cast", () => F.col("a").cast({} as never), "`type` should be a type or the name of one"],
    [
      "col.equalTo",
      () => F.col("a").equalTo({ a: 1 } as never),
      "cannot be a constant, being an object",
    ],
    [
      "df.union",
      () => df.union(undefined as never),
      "`other` should be a DataFrame, got undefined",
    ],
    [
      "df.withColumn",
      () => df.withColumn("c", 1 as never),
      "`column` should be a Column, got number 1",
    ],
    ["df.alias", () => df.alias(1 as never), "`name` should be a string, got number 1"],
    ["session.sql", () => session.sql(1 as never), "should be a string, got number 1"],
  ])("of %s is named with what would be right", (_, use, message) => {
    expect(use).toThrow(message);
  });

  it("of show is named too", async () => {
    await expect(df.showString("5" as never)).rejects.toThrow("`rows` should be a number");
    await expect(df.showString(5, "no" as never)).rejects.toThrow("`options` should be an object");
  });
});
