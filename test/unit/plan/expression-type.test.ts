import { describe, expect, it } from "vitest";
import { planOutput } from "../../../src/plan/plan-output.ts";
import { analyzeSql, catalogOf } from "../../support/analysis.ts";

const catalog = catalogOf({
  t: "a INT NOT NULL, b BIGINT NOT NULL, d DECIMAL(10,2) NOT NULL, s STRING NOT NULL, dt DATE NOT NULL, ts TIMESTAMP NOT NULL, dbl DOUBLE NOT NULL, bo BOOLEAN NOT NULL, n INT",
});

/** Expressions over required columns, and whether Spark 4.2.1's schema says that they can be null. */
const FACTS: readonly (readonly [string, boolean])[] = [
  ["a", false],
  ["n", true],
  ["cast(a as bigint)", false],
  ["cast(b as int)", false],
  ["cast(a as string)", false],
  ["try_cast(a as string)", false],
  ["try_cast(b as int)", true],
  ["cast(s as int)", true],
  ["cast(s as binary)", false],
  ["cast(dbl as int)", true],
  ["cast(d as int)", true],
  ["cast(a as decimal(12,2))", false],
  ["cast(a as decimal(10,2))", true],
  ["cast(d as decimal(12,2))", false],
  ["cast(d as decimal(9,2))", true],
  ["cast(dt as timestamp)", false],
  ["cast(ts as date)", false],
  ["cast(ts as bigint)", false],
  ["cast(dbl as timestamp)", true],
  ["dt > '2020-01-01'", true],
  ["case when bo then 1 end", true],
  ["case when bo then 1 else 2 end", false],
  ["a is null", false],
  ["count(n)", false],
  ["sum(a)", true],
];

describe("nullability is what Spark's schema says", () => {
  for (const [sql, nullable] of FACTS)
    it(`of ${sql}`, () => {
      const [column] = planOutput(analyzeSql(`select ${sql} from t`, catalog));
      expect(column?.nullable).toBe(nullable);
    });
});
