import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Session } from "../../src/session/session.ts";

/** The build side of the second join has also gone into its probe side. */
const READ_TWICE = `WITH c AS (SELECT id AS k, id % 7 AS a FROM range(4000000) WHERE id % 100 < 3)
  SELECT count(*) AS n, sum(p.b) AS s, count(b.a) AS m, count(p.a) AS q
  FROM (
    SELECT coalesce(l.k, r.k) AS k, l.a, r.b
    FROM c l FULL JOIN (SELECT id * 3 AS k, id AS b FROM range(300000)) r ON l.k = r.k
  ) p LEFT JOIN c b ON p.k = b.k`;

describe("joins whose build side turns out small", () => {
  let spark: Session;
  beforeAll(() => {
    spark = Session.local({
      workers: 2,
      settings: { "spark.sql.autoBroadcastJoinThreshold": "4MB" },
    });
  });
  afterAll(() => spark.stop());

  it("give the same rows where it is read in another way too", async () => {
    const [row] = await spark.sql(READ_TWICE).collect();
    expect(row?.toArray()).toEqual([411_000n, 44_999_850_000n, 120_000n, 120_000n]);
  });

  it("are still broadcast where it is not", async () => {
    const reasons: string[] = [];
    const off = spark.onEvent((event) => {
      if (event.event === "stageReplanned") reasons.push(event.reason);
    });
    const sql = `SELECT count(*) FROM range(2000000) a
      JOIN (SELECT id AS k FROM range(4000000) WHERE id % 1000 < 3) b ON a.id = b.k`;
    expect((await spark.sql(sql).collect())[0]?.get(0)).toBe(6000n);
    off();
    expect(reasons).toHaveLength(1);
  });
});
