import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Session } from "../../src/index.ts";
import { BATCHES } from "../../src/optimizer/rules.ts";
import { expectSparkAnswer, openTpch, splitTpch, TPCH_QUERIES, tpchSql } from "../support/tpch.ts";

const RULES = [...new Set(BATCHES.flatMap(({ rules }) => rules))]
  .filter((rule) => !rule.mandatory)
  .map(({ name }) => name);

const SETTINGS: readonly { readonly [key: string]: string }[] = [
  { "spark.sql.shuffle.partitions": "1", "spark.sql.adaptive.enabled": "false" },
  { "spark.sql.shuffle.partitions": "13", "spark.sql.adaptive.enabled": "false" },
  { "spark.sql.shuffle.partitions": "3" },
  { "spark.sql.autoBroadcastJoinThreshold": "-1" },
  { "spark.sql.autoBroadcastJoinThreshold": "4KB", "spark.sql.shuffle.partitions": "5" },
];

describe("Spark's rows of the TPC-H queries", () => {
  let spark: Session;
  let folder: string;
  beforeAll(() => {
    spark = Session.local({ workers: 2 });
    folder = mkdtempSync(join(tmpdir(), "tindra-split-tpch-"));
    splitTpch(folder);
    openTpch(spark);
  });
  afterAll(async () => {
    await spark.stop();
    rmSync(folder, { recursive: true });
  });

  async function expectAnswers(settings: { readonly [key: string]: string }): Promise<void> {
    for (const [key, value] of Object.entries(settings)) spark.conf.set(key, value);
    try {
      for (const query of TPCH_QUERIES) await expectSparkAnswer(query, spark.sql(tpchSql(query)));
    } finally {
      for (const key of Object.keys(settings)) spark.conf.unset(key);
    }
  }

  test.each(RULES)("do not need the rule %s", (rule) =>
    expectAnswers({ "spark.sql.optimizer.excludedRules": rule }),
  );

  test.each(["64MB", "-1"])("do not need any rule where %s are broadcast", (threshold) =>
    expectAnswers({
      "spark.sql.optimizer.excludedRules": RULES.join(","),
      "spark.sql.autoBroadcastJoinThreshold": threshold,
    }),
  );

  test.each(SETTINGS)("do not depend on %o, over several tasks a table", async (settings) => {
    openTpch(spark, folder);
    let tasks = 0;
    const off = spark.onEvent((event) => {
      if (event.event === "stageStarted") tasks = Math.max(tasks, event.tasks);
    });
    await expectAnswers({ ...settings, "spark.sql.files.maxPartitionBytes": "16KB" });
    off();
    openTpch(spark);
    expect(tasks).toBeGreaterThan(2);
  });
});
