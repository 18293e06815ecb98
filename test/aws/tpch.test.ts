import { afterAll, beforeAll, describe, it } from "vitest";
import type { Session } from "../../src/session/session.ts";
import { EngineOnEmulators } from "../support/engine-on-emulators.ts";
import { expectSparkAnswer, TPCH_QUERIES, tpchSql } from "../support/tpch.ts";

describe("TPC-H on an engine with 8 executors", () => {
  let engine: EngineOnEmulators;
  let spark: Session;
  beforeAll(async () => {
    engine = await EngineOnEmulators.start({ executors: 8 });
    spark = engine.session();
  });
  afterAll(async () => {
    await spark.stop();
    await engine[Symbol.asyncDispose]();
  });

  it.each(TPCH_QUERIES)("query %s gives Spark's rows and leaves nothing", async (query) => {
    await expectSparkAnswer(query, spark.sql(tpchSql(query)));
    await engine.expectNothingLeft();
  });
});
