import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { type Column, functions as F, Session } from "../../../src/index.ts";

const session = Session.local({ workers: 1, memory: "256m" });
afterAll(() => session.stop());
const df = session.range(10);
const { col } = F;

let conditions: string[] = [];
let messages: string[] = [];
session.onWarning(({ condition, message }) => {
  conditions.push(condition);
  messages.push(message);
});
beforeEach(() => {
  conditions = [];
  messages = [];
});
/** Result of `&&` on two columns, for callers whom no linter warned. */
const both = (a: Column, b: Column): Column => a && b;

describe("a && b of two columns", () => {
  it("warns that a condition was dropped, in every call that takes one", () => {
    df.filter(col("id").gt(1) && col("id").lt(5));
    df.where(col("id").isNotNull() && col("id").isin(1, 2));
    df.join(df, df.col("id").equalTo(col("id")) && col("id").gt(2));
    df.select(col("id").gt(1) && col("id").lt(5));
    df.withColumn("x", col("id").gt(1) && col("id").between(1, 5));
    df.filter(col("id").gt(1).and(col("id").lt(9)) && col("id").notEqual(3) && col("id").lt(5));
    expect(conditions).toEqual(Array(6).fill("DROPPED_CONDITION"));
    expect(messages[0]).toContain("write a.and(b)");
    expect(messages[5]).toMatch(/^2 conditions are/);
  });

  it("does not warn of conditions that are used, now or later", () => {
    const big = col("id").gt(1);
    const small = col("id").lt(5);
    df.filter(small);
    df.filter(big);
    df.filter(big.and(small).or(col("id").equalTo(7)).not());
    df.filter([col("id").gt(1), col("id").lt(5)].reduce((a, b) => a.and(b)));
    df.filter(F.when(col("id").gt(1), true).otherwise(col("id").isNull()));
    df.filter(col("id").between(1, 5))
      .filter(col("id").isin([1, 2]))
      .filter("id = 1");
    for (let i = 0; i < 3; i++) {
      const next = col("id").gt(i);
      df.filter(next);
    }
    df.filter(both(big, small));
    expect(conditions).toEqual([]);
  });
});

describe("a hint that does nothing", () => {
  it.each([
    ["SELECT /*+ FOO(a, 3) */ 1", "UNRECOGNIZED_HINT", "Unrecognized hint: FOO(a, 3)"],
    ["SELECT /*+ foo */ 1", "UNRECOGNIZED_HINT", "Unrecognized hint: foo"],
    ["SELECT * FROM (SELECT /*+ foo */ 1) t", "UNRECOGNIZED_HINT", "Unrecognized hint: foo"],
    [
      "SELECT /*+ MERGE(t) */ * FROM range(1) t",
      "HINT_NOT_SUPPORTED",
      "Hint MERGE(t) has no effect",
    ],
    ["SELECT /*+ BROADCAST(zz) */ * FROM range(1) t", "HINT_RELATION_NOT_FOUND", "relation 'zz'"],
  ])("warns once: %s", (sql, condition, message) => {
    session.sql(sql);
    expect(conditions).toEqual([condition]);
    expect(messages[0]).toContain(message);
  });

  it("warns from the DataFrame API too", () => {
    df.hint("foo", "a");
    df.hint("broadcast");
    df.hint("MAPJOIN");
    expect(messages).toEqual(["Unrecognized hint: foo(a)"]);
  });

  it("does not warn where the hint is followed", () => {
    session.sql("SELECT /*+ BROADCAST(b) */ * FROM range(1) a JOIN range(2) b ON a.id = b.id");
    expect(conditions).toEqual([]);
  });
});

it("warnings are those of the process while nobody listens", async () => {
  const other = Session.local({ workers: 1, memory: "256m" });
  const warned = new Promise<Error>((resolve) => process.once("warning", resolve));
  other.sql("SELECT /*+ FOO */ 1");
  expect(await warned).toMatchObject({ name: "TindraWarning", code: "UNRECOGNIZED_HINT" });
  await other.stop();
});
