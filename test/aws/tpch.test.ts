import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TaskResult, TaskSpec } from "../../src/exec/task-spec.ts";
import type { Session } from "../../src/session/session.ts";
import { plannedGets } from "../../src/shuffle/plan-shuffle-reads.ts";
import type { LoggedInvocation } from "../emulator/lambda/lambda-emulator.ts";
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
    await frame.run();
    const counted = (which: (request: LoggedRequest) => boolean) =>
      engine.s3.counters.billed(which);
    const data = counted(({ bucket }) => bucket === DATA_BUCKET);
    const exchange = counted(({ key }) => key.startsWith("exchange/"));
    expect(data.gets).toBe(planned.dataGets + planned.footers);
    expect(data.lists + exchange.lists).toBe(planned.lists);
    expect(counted(() => true).heads).toBe(0);
    const { log } = engine.lambda;
    expect(log).toHaveLength(planned.invokes);
    const deletes = counted(({ operation }) => operation === "DeleteObjects").deletes;
    expect(deletes).toBe(planned.deletes);
    expect(counted(isRecord).puts).toBe(planned.coordinatorPuts);
    const driven = drivenRequests(log);
    expect(exchange).toMatchObject({ gets: driven.gets, puts: driven.puts });
    expect(driven.puts).toBeLessThanOrEqual(planned.exchangePuts);
    expect(driven.gets).toBeLessThanOrEqual(planned.exchangeGets);
  });
});

/** Of a query's start and end; word of how far it is comes with time. */
const isRecord = ({ key }: LoggedRequest): boolean =>
  key.startsWith("control/") && !/(progress|checkpoint-\d+)\.json$/.test(key);

/**
 * How often exchanged rows are written and read by what the driver told its tasks: an output that is small, or empty
 * for one of its readers, is neither.
 */
function drivenRequests(log: readonly LoggedInvocation[]): { gets: number; puts: number } {
  let gets = 0;
  let puts = 0;
  for (const { payload, answer } of log) {
    const { spec } = JSON.parse(payload) as { spec?: TaskSpec };
    if (spec === undefined) continue;
    for (const blocks of Object.values(spec.inputs)) gets += plannedGets(blocks);
    const { result } = JSON.parse(answer) as { result: TaskResult };
    if (result.blocks.some(({ key }) => key !== null)) puts++;
  }
  return { gets, puts };
}

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
    coordinatorPuts: sum(/(\d+) PUTs and \d+ DELETEs/g),
    deletes: sum(/(\d+) DELETEs/g),
  };
}
