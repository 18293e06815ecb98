import { afterAll, beforeAll, expect, test } from "vitest";
import { Session } from "../../src/index.ts";
import { answerOf } from "../support/spark-golden.ts";

const AGGREGATES = [
  ...["count(*)", "count(v)", "count(v, w)", "sum(v)", "sum(d)", "sum(f)", "try_sum(v)"],
  ...["avg(v)", "try_avg(d)", "min(v)", "max(s)", "min(bin)", "max(dt)", "max(a)", "min(st)"],
  ...["min(NULL)", "first(v, true) FILTER (WHERE v = 3)", "last(s) FILTER (WHERE w = 9)"],
  ...["any_value(m, true) FILTER (WHERE v = 3)", "first_value(a) FILTER (WHERE w = 9)"],
  ...["stddev(v)", "stddev_pop(v)", "var_samp(v)", "var_pop(v)", "covar_pop(v, w)"],
  ...["covar_samp(v, w)", "bool_and(b)", "bool_or(b)", "every(b)", "some(b)", "any(b)"],
  ...["count_if(b)", "bit_and(v)", "bit_or(v)", "bit_xor(v)", "max_by(s, w)", "min_by(a, w)"],
  ...["approx_count_distinct(s)", "collect_list(s) FILTER (WHERE v = 3)", "median(v)"],
  ...["collect_set(IF(v = 6, v, NULL))", "array_agg(a) FILTER (WHERE v = 3)", "mode(a)"],
  ...["percentile(v, 0.3)", "mode(v)", "avg(INTERVAL '1' DAY)", "sum(INTERVAL '1' MONTH)"],
];
const DISTINCT = [
  ["count(DISTINCT x)"],
  ["sum(DISTINCT x) FILTER (WHERE y < 3)"],
  ["count(DISTINCT x)", "avg(DISTINCT y)"],
];
const folder = new URL("../data/spark-nested/tables/", import.meta.url).pathname;

let spark: Session;
beforeAll(() => {
  spark = Session.local({ workers: 1 });
  for (const table of ["measures", "nothing"])
    spark.read.parquet(`${folder}${table}`).createOrReplaceTempView(table);
});
afterAll(() => spark.stop());

/** The cells of each row, where there is an answer. */
async function cells(columns: readonly string[], rest: string): Promise<readonly string[][]> {
  const answer = await answerOf(spark, `SELECT ${columns.join(", ")} ${rest}`);
  if ("error" in answer) throw new TypeError(`${columns.join()}: ${answer.message}`);
  return answer.rows.map((row) => row.split("\t"));
}

test.each(["FROM measures", "FROM nothing", "FROM measures GROUP BY g ORDER BY g"])(
  "each aggregate %s answers beside DISTINCT ones as it does alone",
  async (rest) => {
    const alone = await cells(AGGREGATES, rest);
    for (const distinct of DISTINCT) {
      const values = await cells(distinct, rest);
      for (const [i, aggregate] of AGGREGATES.entries()) {
        const wanted = alone.map((row, r) => [row[i], ...(values[r] ?? [])]);
        expect(await cells([aggregate, ...distinct], rest), aggregate).toEqual(wanted);
      }
    }
  },
  60_000,
);
