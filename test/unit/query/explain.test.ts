import { afterAll, describe, expect, it } from "vitest";
import { functions as F, Session } from "../../../src/index.ts";

const session = Session.local({ workers: 2, memory: "256m" });
afterAll(() => session.stop());

const numbers = session.range(1000);
const query = numbers
  .filter("id > 10")
  .join(session.range(5).toDF("key"), F.col("id").mod(5).equalTo(F.col("key")))
  .groupBy("key")
  .agg(F.sum("id").as("total"))
  .orderBy("key");

const withoutIds = (text: string): string => text.replace(/#\d+/g, "#");

describe("explain", () => {
  it("prints the operators of a query", async () => {
    const plan = withoutIds(await query.explainString());
    expect(plan).toMatch(/^== Physical Plan ==\n\*\(\d\) Sort \[key#L ASC NULLS FIRST]/);
    expect(plan).toContain("HashAggregate(");
    expect(plan).toContain("BroadcastHashJoin [(id#L % 5)], [key#L], Inner, BuildRight");
    expect(plan).toMatch(/Range \(0, 1000, step=1, splits=\d\)/);
  });

  it("prints every step of planning in the extended mode", async () => {
    const plan = await query.explainString(true);
    const titles = plan.match(/^== .* ==$/gm);
    expect(titles).toEqual([
      "== Parsed Logical Plan ==",
      "== Analyzed Logical Plan ==",
      "== Optimized Logical Plan ==",
      "== Physical Plan ==",
    ]);
    expect(plan).toContain("\nkey: bigint, total: bigint\n");
  });

  it("numbers operators in the formatted mode", async () => {
    const plan = await query.explainString("formatted");
    expect(plan).toMatch(/^== Physical Plan ==\n\* Sort \(\d+\)\n/);
    expect(plan).toMatch(
      /\n\(1\) Range\nOutput \[1]: \[id#\d+L]\nArguments: Range \(0, 1000, step=1/,
    );
  });

  it("prints sizes in the cost mode", async () => {
    expect(await query.explainString("cost")).toMatch(
      /Range \(0, 1000, step=1\), Statistics\(sizeInBytes=\d+ B, rowCount=1000\)/,
    );
  });

  it("prints the job graph", async () => {
    const plan = await query.explainString("stages");
    const stages = plan.match(/^Stage (\d+): \d+ partitions?, reads .*/gm) ?? [];
    expect(stages.length).toBeGreaterThan(1);
    expect(plan).toMatch(
      /^Stage \d+: \d+ partitions?, reads .*stage \d+, gives the result, about \d+ rows, [\d.]+ .*B$/m,
    );
    expect(plan).toMatch(/BroadcastRead stage \d+/);
  });

  it("prints the compiled loops", async () => {
    const plan = await query.explainString("codegen");
    expect(plan).toMatch(
      /Pipeline 1 of stage \d+, one compiled loop into the hash table of the join:/,
    );
    expect(plan).toMatch(/Pipeline \d+ of stage \d+, one compiled loop into result:/);
  });

  it("knows no other mode", async () => {
    await expect((async () => query.explainString("loud" as "simple"))()).rejects.toMatchObject({
      condition: "INVALID_EXPLAIN_MODE",
    });
  });
});
