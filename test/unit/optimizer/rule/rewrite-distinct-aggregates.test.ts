import { describe, expect, it } from "vitest";
import { rewriteDistinctAggregates } from "../../../../src/optimizer/rule/rewrite-distinct-aggregates.ts";
import { leaves, rewritten, tree } from "../../../support/optimizer.ts";

describe("RewriteDistinctAggregates", () => {
  it("groups by keys and values, then by keys", () => {
    expect(
      rewritten("select a, count(distinct b) from t group by a", rewriteDistinctAggregates),
    ).toBe(
      tree(
        "Aggregate [a], [a, count(b) AS count(DISTINCT b)]",
        "+- Aggregate [a, b], [a, b]",
        "   +- Relation [key,a,b,s,d,f,day]",
      ),
    );
  });

  it("repeats rows where there are other aggregates", () => {
    expect(
      rewritten("select a, count(distinct b), sum(b) from t group by a", rewriteDistinctAggregates),
    ).toBe(
      tree(
        "Aggregate [a], [a, count(b) FILTER (WHERE (copy = 1)) AS count(DISTINCT b), max(sum) FILTER (WHERE (copy = 0)) AS sum(b)]",
        "+- Aggregate [a, b, copy], [a, b, copy, sum(input) AS sum]",
        "   +- Expand [[a, null, cast(b as bigint), 0], [a, b, null, 1]], [a, b, input, copy]",
        "      +- Relation [key,a,b,s,d,f,day]",
      ),
    );
  });

  it("repeats rows for several sets of values, and counts nothing as 0", () => {
    expect(
      rewritten(
        "select count(distinct a), count(distinct b) filter (where a > 1), count(*) from t",
        rewriteDistinctAggregates,
      ),
    ).toBe(
      tree(
        "Aggregate [count(a) FILTER (WHERE (copy = 1)) AS count(DISTINCT a), count(value) FILTER (WHERE (copy = 2)) AS count(DISTINCT b) FILTER (WHERE (a > 1)), coalesce(max(count) FILTER (WHERE (copy = 0)), 0) AS count(1)]",
        "+- Aggregate [a, value, copy], [a, value, copy, count(1) AS count]",
        "   +- Expand [[null, null, 0], [a, null, 1], [null, CASE WHEN (a > 1) THEN b ELSE null END, 2]], [a, value, copy]",
        "      +- Relation [key,a,b,s,d,f,day]",
      ),
    );
  });

  it("drops a DISTINCT that makes no difference", () => {
    expect(rewritten("select max(distinct a) from t", rewriteDistinctAggregates)).toBe(
      tree("Aggregate [max(a) AS max(DISTINCT a)]", "+- Relation [key,a,b,s,d,f,day]"),
    );
  });

  it("leaves other aggregates alone", () => {
    expect(leaves("select count(a) from t", rewriteDistinctAggregates)).toBe(true);
  });
});
