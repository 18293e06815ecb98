import { afterAll, beforeAll, describe, test } from "vitest";
import { Session } from "../../src/index.ts";
import { BATCHES } from "../../src/optimizer/rules.ts";
import { expectSparkAnswer, openTpch, TPCH_QUERIES, tpchSql } from "../support/tpch.ts";

const RULES = [...new Set(BATCHES.flatMap(({ rules }) => rules))];
const EXCLUDABLE = RULES.filter((rule) => !rule.mandatory).map((rule) => rule.name);

describe("TPC-H without an optimizer rule", () => {
  let spark: Session;
  beforeAll(() => {
    spark = Session.local({ workers: 2 });
    openTpch(spark);
  });
  afterAll(() => spark.stop());

  test.each([...EXCLUDABLE, EXCLUDABLE.join(",")])(
    "gives Spark's rows without %s",
    async (names) => {
      spark.conf.set("spark.sql.optimizer.excludedRules", names);
      for (const query of TPCH_QUERIES) await expectSparkAnswer(query, spark.sql(tpchSql(query)));
    },
  );
});
