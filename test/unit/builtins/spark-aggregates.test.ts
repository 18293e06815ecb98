import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Session } from "../../../src/index.ts";
import { answerOf } from "../../support/spark-golden.ts";

/** ANSI, the aggregate, the values of `c`, Spark's answer and schema. */
type Row = readonly [boolean, string, string, string, string | null];

const data = JSON.parse(
  readFileSync(new URL("../../data/spark/aggregates.json", import.meta.url), "utf8"),
) as { readonly rows: readonly Row[] };

let spark: Session;
beforeAll(() => {
  spark = Session.local({ workers: 1 });
});
afterAll(() => spark.stop());

/** Where we knowingly differ. */
const KNOWN_DIFFERENCES: readonly RegExp[] = [
  // No medians and percentiles of intervals yet.
  /^(median|percentile)\(.*interval/,
  // Spark tells an overflow in another way where it has but one aggregation to do.
  /^sum\(distinct c\).*9{38}/,
];

function isNear(a: string, b: string): boolean {
  return a.includes(".") && Math.abs(Number(a) - Number(b)) <= Math.abs(Number(a)) * 1e-15;
}

test.each([true, false])("aggregates (ansi %s) give what Spark gives", async (ansi) => {
  spark.conf.set("spark.sql.session.timeZone", "UTC");
  spark.conf.set("spark.sql.ansi.enabled", ansi);
  const wrong: string[] = [];
  for (const [, aggregate, values, want, schema] of data.rows.filter((row) => row[0] === ansi)) {
    const what = `${aggregate} of ${values}`;
    if (KNOWN_DIFFERENCES.some((known) => known.test(what))) continue;
    const answer = await answerOf(spark, `SELECT ${aggregate} FROM VALUES ${values} AS t(c)`);
    const got = "error" in answer ? `!${answer.error.condition}` : (answer.rows[0] ?? "");
    const sameSchema = "error" in answer || schema === null || answer.schema === schema;
    if ((got !== want && !isNear(want, got)) || !sameSchema)
      wrong.push(`${what}: ${want}, not ${got}`);
  }
  expect(wrong).toEqual([]);
});
