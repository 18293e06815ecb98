import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Session } from "../../src/session/session.ts";

const NUMBERS = "SELECT a FROM VALUES (1), (2), (2) AS v(a)";
const WITH_NULL = "SELECT b FROM VALUES (1), (null), (2) AS w(b)";

describe("set operations of columns of which one may be null", () => {
  let spark: Session;
  beforeAll(() => {
    spark = Session.local({ workers: 1, memory: "256m" });
  });
  afterAll(() => spark.stop());

  it.each([
    [NUMBERS, "INTERSECT", WITH_NULL, [1, 2], false],
    [WITH_NULL, "INTERSECT", NUMBERS, [1, 2], false],
    [NUMBERS, "INTERSECT ALL", WITH_NULL, [1, 2], false],
    [WITH_NULL, "INTERSECT ALL", NUMBERS, [1, 2], false],
    [NUMBERS, "EXCEPT", WITH_NULL, [], false],
    [WITH_NULL, "EXCEPT", NUMBERS, [null], true],
    [NUMBERS, "EXCEPT ALL", WITH_NULL, [2], false],
    [WITH_NULL, "EXCEPT ALL", NUMBERS, [null], true],
  ])("%s %s %s", async (left, operation, right, rows, nullable) => {
    const result = await spark.sql(`${left} ${operation} ${right}`).run();
    expect(
      result
        .rows()
        .map((row) => row.get(0))
        .sort(),
    ).toEqual(rows);
    expect(result.schema.fields[0]?.nullable).toBe(nullable);
  });
});
