import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allBuiltins } from "../../src/builtins/registry.ts";
import { Session } from "../../src/index.ts";
import { answerOf } from "../support/spark-golden.ts";

const EXAMPLES = allBuiltins().flatMap(({ name, examples }) =>
  examples.map(({ sql, rows }) => ({ name, sql, rows })),
);

describe("The documented examples of the builtins", () => {
  let spark: Session;
  beforeAll(() => {
    spark = Session.local({ workers: 1 });
  });
  afterAll(() => spark.stop());

  test("are there for every builtin", () => {
    const without = allBuiltins().filter(({ examples }) => examples.length === 0);
    expect(without.map(({ name }) => name)).toEqual([]);
  });

  test.each(EXAMPLES)("of $name hold: $sql", async ({ sql, rows }) => {
    expect(await answerOf(spark, sql)).toMatchObject({ rows });
  });
});
