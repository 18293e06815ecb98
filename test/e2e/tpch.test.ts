import { afterAll, beforeAll, describe, test } from "vitest";
import { Session } from "../../src/index.ts";
import { expectSparkAnswer, openTpch, TPCH_QUERIES, tpchSql } from "../support/tpch.ts";

const SETTINGS = [1, 4].flatMap((workers) =>
  ["1", "8"].flatMap((partitions) =>
    ["67108864", "-1"].map((threshold) => ({ workers, partitions, threshold })),
  ),
);

describe.each([1, 4])("TPC-H on %i workers", (workers) => {
  let spark: Session;
  beforeAll(() => {
    spark = Session.local({ workers });
    openTpch(spark);
  });
  afterAll(() => spark.stop());

  test.each(
    SETTINGS.filter((setting) => setting.workers === workers).flatMap(({ partitions, threshold }) =>
      TPCH_QUERIES.map((query) => ({ query, partitions, threshold })),
    ),
  )(
    "query $query gives Spark's rows with $partitions shuffle partitions, broadcast up to $threshold",
    async ({ query, partitions, threshold }) => {
      spark.conf.set("spark.sql.shuffle.partitions", partitions);
      spark.conf.set("spark.sql.autoBroadcastJoinThreshold", threshold);
      await expectSparkAnswer(query, spark.sql(tpchSql(query)));
    },
  );
});
