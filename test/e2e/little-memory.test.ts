import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { QueryEvent } from "../../src/cluster/query-event.ts";
import { Session } from "../../src/session/session.ts";

const ROWS = 400_000;

describe("a query whose tasks are more than a worker's memory", () => {
  let spark: Session;
  const events: QueryEvent[] = [];
  beforeAll(() => {
    spark = Session.local({
      workers: 2,
      memory: "40m",
      settings: {
        "spark.sql.shuffle.partitions": 3,
        "spark.sql.autoBroadcastJoinThreshold": -1,
        "spark.sql.adaptive.enabled": false,
      },
    });
    spark.onEvent((event) => events.push(event));
    spark.range(ROWS).createOrReplaceTempView("numbers");
  });
  beforeEach(() => {
    events.length = 0;
  });
  afterAll(() => spark.stop());

  const divisions = () => events.filter(({ event }) => event === "taskDivided").length;
  const valuesOf = async (sql: string) =>
    (await spark.sql(sql).collect()).map((row) => row.toArray());

  it("groups in smaller tasks", async () => {
    const groups =
      "SELECT id, max(concat('a value of some length: ', id)) v FROM numbers GROUP BY id";
    expect(await valuesOf(`SELECT count(*), count(DISTINCT v), sum(id) FROM (${groups})`)).toEqual([
      [BigInt(ROWS), BigInt(ROWS), BigInt((ROWS * (ROWS - 1)) / 2)],
    ]);
    expect(divisions()).toBeGreaterThan(0);
  });

  it("joins in smaller tasks, rows without a match included", async () => {
    const named = "SELECT id, concat('a value of some length: ', id) v FROM numbers";
    const sql = `SELECT count(*), count(a.v), count(b.v), max(length(a.v) + length(b.v)) FROM (${named}) a
      FULL JOIN (SELECT id + 1000 AS id, concat(v, repeat('x', 60)) v FROM (${named})) b ON a.id = b.id`;
    expect(await valuesOf(sql)).toEqual([[BigInt(ROWS + 1000), BigInt(ROWS), BigInt(ROWS), 120]]);
    expect(divisions()).toBeGreaterThan(0);
  });

  it("does not divide tasks where it is what each of them needs whole that is too much", async () => {
    const sql = `SELECT /*+ BROADCAST(r) */ count(*), max(v) FROM numbers l
      JOIN (SELECT id * 2 AS id, concat('a value of some length: ', id) v FROM range(400000)) r ON l.id = r.id`;
    await expect(valuesOf(sql)).rejects.toMatchObject({ condition: "MEMORY_LIMIT_EXCEEDED" });
    expect(divisions()).toBe(0);
  });

  it("says what would help where nothing can be divided", async () => {
    const sorted = spark.sql("SELECT concat(id, repeat('x', 300)) v FROM numbers ORDER BY v DESC");
    await expect(sorted.limit(100_000).collect()).rejects.toMatchObject({
      condition: "MEMORY_LIMIT_EXCEEDED",
      message: expect.stringContaining("give it more memory"),
    });
  });
});
