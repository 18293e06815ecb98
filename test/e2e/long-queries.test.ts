import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Session } from "../../src/index.ts";

const list = (n: number, item: (i: number) => string, separator = ", "): string =>
  Array.from({ length: n }, (_, i) => item(i)).join(separator);
const columns = (n: number): string =>
  `(SELECT ${list(n, (i) => `id + ${i} AS c${i}`)} FROM range(3))`;

const SHAPES: readonly (readonly [string, number, (n: number) => string])[] = [
  ["columns", 1200, (n) => `SELECT * FROM ${columns(n)}`],
  ["sums", 1200, (n) => `SELECT ${list(n, (i) => `sum(c${i})`)} FROM ${columns(n)}`],
  [
    "conditions in AND",
    1000,
    (n) => `SELECT id FROM range(3) WHERE ${list(n, (i) => `id <> ${i + 10}`, " AND ")}`,
  ],
  [
    "conditions in OR",
    1000,
    (n) => `SELECT id FROM range(3) WHERE ${list(n, (i) => `id = ${i}`, " OR ")}`,
  ],
  ["terms of a sum", 1000, (n) => `SELECT ${list(n, (i) => `c${i}`, " + ")} FROM ${columns(n)}`],
  ["computed columns", 3000, (n) => `SELECT ${list(n, (i) => `id + ${i} AS c${i}`)} FROM range(3)`],
  ["unions", 500, (n) => list(n, (i) => `SELECT ${i} AS a`, " UNION ALL ")],
  [
    "branches of CASE",
    1000,
    (n) => `SELECT CASE ${list(n, (i) => `WHEN id = ${i} THEN ${i}`, " ")} END FROM range(3)`,
  ],
  ["values of IN", 5000, (n) => `SELECT id FROM range(3) WHERE id IN (${list(n, String)})`],
];

const MAX_RATIO = 3;
const MAX_MS = 8000;
/** So little is all noise. */
const MIN_MS = 150;

describe("A long query", () => {
  let spark: Session;
  beforeAll(() => {
    spark = Session.local({ workers: 1 });
  });
  afterAll(() => spark.stop());

  /** Processor time, which other processes of a busy machine do not lengthen. */
  const cpuMs = async (sql: string): Promise<number> => {
    let best = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 3; i++) {
      const before = process.cpuUsage();
      await spark.sql(sql).run();
      const { user, system } = process.cpuUsage(before);
      best = Math.min(best, (user + system) / 1000);
    }
    return best;
  };

  it.each(SHAPES)("takes twice the time for twice the %s", async (_, n, sqlOf) => {
    const half = await cpuMs(sqlOf(n >> 1));
    const whole = await cpuMs(sqlOf(n));
    expect(whole).toBeLessThan(MAX_MS);
    expect(whole).toBeLessThan(Math.max(half, MIN_MS) * MAX_RATIO);
  });

  it("of 3,000 sums of 3,000 columns is not too large to be compiled", async () => {
    const { rows } = await spark
      .sql(`SELECT ${list(3000, (i) => `sum(c${i}) AS s${i}`)} FROM ${columns(3000)}`)
      .collect()
      .then((found) => ({ rows: found }));
    expect(rows[0]?.["s2999"]).toBe(3n + 3n * 2999n);
  });
});
