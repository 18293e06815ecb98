import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StageMetrics } from "../../src/session/query-metrics.ts";
import type { Session } from "../../src/session/session.ts";
import type { LoggedRequest } from "../emulator/s3/s3-counters.ts";
import { DATA_BUCKET, EngineOnEmulators } from "../support/engine-on-emulators.ts";
import { type SynthesizedEngine, synthesizeEngine } from "../support/synthesized-engine.ts";
import { expectSparkAnswer, TPCH_QUERIES, tpchSql } from "../support/tpch.ts";

const EXECUTORS = 8;
/** Every table makes several tasks, every join shuffles, and no partitions are put together. */
const SPREAD = {
  "spark.sql.files.maxPartitionBytes": "100KB",
  "spark.sql.autoBroadcastJoinThreshold": "-1",
  "spark.sql.shuffle.partitions": "8",
  "spark.sql.adaptive.enabled": "false",
};

describe("TPC-H through the functions of cdk.out with 8 executors", () => {
  let synthesized: SynthesizedEngine;
  let engine: EngineOnEmulators;
  let spark: Session;
  beforeAll(async () => {
    synthesized = synthesizeEngine({
      dataBuckets: [{ bucketArn: `arn:aws:s3:::${DATA_BUCKET}` }],
      memorySize: 512,
      reservedConcurrency: EXECUTORS,
    });
    engine = await EngineOnEmulators.start({ synthesized });
    spark = engine.session(SPREAD, "split");
  });
  afterAll(async () => {
    await spark?.stop();
    await engine?.[Symbol.asyncDispose]();
    synthesized?.remove();
  });

  it.each(TPCH_QUERIES)("query %s gives Spark's rows and leaves nothing", async (query) => {
    await expectSparkAnswer(query, spark.sql(tpchSql(query)));
    await engine.expectNothingLeft();
  });

  it("had all executors at work, and rows that went through the exchange", () => {
    expect(engine.lambda.peak).toBe(1 + EXECUTORS);
    const puts = engine.s3.counters.billed(({ key }) => key.startsWith("exchange/")).puts;
    expect(puts).toBeGreaterThan(20);
  });

  it.each(TPCH_QUERIES)("query %s makes the requests that were planned", async (query) => {
    const frame = spark.sql(tpchSql(query));
    const planned = plannedOf(await frame.explainString("cost"));
    engine.s3.counters.reset();
    engine.lambda.log.length = 0;
    const { metrics } = await frame.run();
    const counted = (which: (request: LoggedRequest) => boolean) =>
      engine.s3.counters.billed(which);
    const data = counted(({ bucket }) => bucket === DATA_BUCKET);
    const exchange = counted(({ key }) => key.startsWith("exchange/"));
    expect(data.gets).toBe(planned.dataGets + planned.footers);
    expect(data.lists + exchange.lists).toBe(planned.lists);
    expect(counted(() => true).heads).toBe(0);
    expect(exchange.puts).toBe(sumOf(metrics.stages, "puts"));
    expect(exchange.puts).toBeLessThanOrEqual(planned.exchangePuts);
    expect(exchange.gets).toBe(sumOf(metrics.stages, "gets") - planned.dataGets);
    expect(exchange.gets).toBeLessThanOrEqual(planned.exchangeGets);
    expect(counted(({ operation }) => operation === "DeleteObjects").deletes).toBe(
      planned.exchangePuts > 0 ? 1 : 0,
    );
    const invoked = engine.lambda.log.map(({ functionName }) => functionName.replace(/.*-/, ""));
    expect(invoked.filter((name) => name === "executor")).toHaveLength(planned.invokes);
  });
});

const sumOf = (stages: readonly StageMetrics[], what: "gets" | "puts"): number =>
  stages.reduce((sum, stage) => sum + stage[what], 0);

/** The numbers that EXPLAIN COST prints. */
function plannedOf(text: string) {
  const sum = (pattern: RegExp): number =>
    [...text.matchAll(pattern)].reduce((total, [, count]) => total + Number(count), 0);
  return {
    dataGets: sum(/(\d+) GETs of \d+ bytes of files/g),
    footers: sum(/(\d+) GETs of footers/g),
    lists: sum(/(\d+) LISTs/g),
    exchangeGets: sum(/at most (\d+) GETs/g),
    exchangePuts: sum(/and (\d+) PUTs of exchanged rows/g),
    invokes: sum(/(\d+) Invokes/g),
  };
}
