import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Session } from "../../src/session/session.ts";
import { EngineOnEmulators } from "../support/engine-on-emulators.ts";

const ROWS = 60_175;
const LINES = "SELECT l_orderkey, l_linenumber, l_comment FROM lineitem";

describe("the rows that an engine answers with", () => {
  let engine: EngineOnEmulators;
  let spark: Session;
  beforeAll(async () => {
    engine = await EngineOnEmulators.start({ executors: 4 });
    spark = engine.session();
  });
  beforeEach(() => engine.s3.counters.reset());
  afterAll(async () => {
    await spark.stop();
    await engine[Symbol.asyncDispose]();
  });

  const resultReads = () =>
    engine.s3.counters.billed(
      ({ key, operation }) => operation === "GetObject" && key.startsWith("result/"),
    ).gets;

  it("are read from S3 while they are iterated over, where they are too many for the answer", async () => {
    const frame = spark.sql(`${LINES} UNION ALL ${LINES}`);
    const result = await frame.stream();
    expect([result.rowCount, resultReads()]).toEqual([2 * ROWS, 0]);
    let rows = 0;
    let keys = 0n;
    for await (const row of result.rows()) {
      rows++;
      keys += row.get(0) as bigint;
    }
    expect(resultReads()).toBeGreaterThan(0);
    const [row] = await spark.sql("SELECT 2 * sum(l_orderkey) FROM lineitem").collect();
    expect([rows, keys]).toEqual([2 * ROWS, row?.get(0)]);
    for await (const first of frame.toLocalIterator()) {
      expect(first.toArray()).toHaveLength(3);
      break;
    }
  });

  it("are refused before any is fetched where they are more than may be collected", async () => {
    await using small = engine.session({ "spark.driver.maxResultSize": "1m" });
    await expect(small.sql(LINES).collect()).rejects.toMatchObject({
      condition: "RESULT_TOO_LARGE",
      details: { limitBytes: 1 << 20 },
    });
    expect(resultReads()).toBe(0);
    let rows = 0;
    for await (const _ of small.sql(LINES).toLocalIterator()) rows++;
    expect(rows).toBe(ROWS);
  });

  it("come through S3 too where the query's own texts are large", async () => {
    const text = "abc".repeat(800_000);
    const result = await spark.sql(`SELECT '${text}'`).run();
    expect(result.schema.names).toEqual([text]);
    expect(result.rows().map((row) => row.toArray())).toEqual([[text]]);
    expect(resultReads()).toBeGreaterThan(0);
  });

  it("have a receipt though no task ran", async () => {
    const { metrics } = await spark.createDataFrame([[1], [2]], ["a"]).run();
    expect(metrics).toMatchObject({
      rows: 2,
      billed: { architecture: "arm64", usage: { invocations: 1, tasks: 0, puts: 2 } },
    });
  });
});
