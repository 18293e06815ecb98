import { describe, expect, it } from "vitest";
import { replaceSetOperations } from "../../../src/optimizer/rule/replace-set-operations.ts";
import { rewritten } from "../../support/optimizer.ts";

describe("ReplaceSetOperations of INTERSECT ALL and EXCEPT ALL", () => {
  const lines = (sql: string) =>
    rewritten(sql, replaceSetOperations)
      .split("\n")
      .map((l) => l.trimStart());

  it("counts equal rows of both sides in one grouping", () => {
    const plan = lines("select a from t except all select b from u");
    expect(plan).toContain(
      "+- Aggregate [a], [a, sum(left_count) AS lefts, sum(right_count) AS rights]",
    );
    expect(plan).toContain("+- Project [a, (lefts - rights) AS copies]");
  });

  it("takes the smaller count for INTERSECT ALL", () => {
    expect(lines("select a from t intersect all select b from u")).toContain(
      "+- Project [a, CASE WHEN (lefts < rights) THEN lefts ELSE rights END AS copies]",
    );
  });

  it("splits the copies of a row over sixteen rows, eight times", () => {
    const plan = lines("select a from t intersect all select b from u");
    expect(
      plan.filter((line) => line.startsWith("+- Expand [[a, ((copies + 0) div 16)]")),
    ).toHaveLength(8);
  });
});
