import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Session } from "../../src/session/session.ts";
import { EngineOnEmulators } from "../support/engine-on-emulators.ts";
import { expectSparkAnswer, TPCH_QUERIES, tpchSql } from "../support/tpch.ts";

const ENVIRONMENTS = 20;

describe("an engine with 20 environments", () => {
  let engine: EngineOnEmulators;
  let spark: Session;
  beforeAll(async () => {
    engine = await EngineOnEmulators.start({ executors: 8, accountConcurrency: ENVIRONMENTS });
    spark = engine.session({ "spark.sql.autoBroadcastJoinThreshold": "-1" });
  });
  afterAll(async () => {
    await spark.stop();
    await engine[Symbol.asyncDispose]();
  });

  it("ends ten queries at once all right", async () => {
    const queries = TPCH_QUERIES.slice(0, 10);
    await Promise.all(queries.map((query) => expectSparkAnswer(query, spark.sql(tpchSql(query)))));
    expect(engine.lambda.peak).toBeLessThanOrEqual(ENVIRONMENTS);
    expect(engine.lambda.log.filter(({ isError }) => isError)).toEqual([]);
    await engine.expectNothingLeft();
  });
});
