import { describe, expect, it } from "vitest";
import { pushDownFilter } from "../../../../src/optimizer/rule/push-down-filter.ts";
import { leaves, rewritten, tree } from "../../../support/optimizer.ts";

describe("PushDownFilter", () => {
  it("goes through a projection by putting in what an alias stands for", () => {
    expect(
      rewritten("select * from (select key, a + 1 x from t) where x > 2", pushDownFilter),
    ).toBe(
      tree(
        "Project [key, x]",
        "+- Project [key, (a + 1) AS x]",
        "   +- Relation [key,a,b,s,d,f,day], filters: [((a + 1) > 2)]",
      ),
    );
  });

  it("goes into both sides of an inner join, and what reads both into its condition", () => {
    expect(
      rewritten(
        "select 1 from t join u on t.key = u.key where t.a > 1 and u.b > 2 and t.s > u.s",
        pushDownFilter,
      ),
    ).toBe(
      tree(
        "Project [1 AS 1]",
        "+- Join Inner, ((key = key) AND (s > s))",
        "   :- Relation [key,a,b,s,d,f,day], filters: [(a > 1)]",
        "   +- Relation [key,a,b,s,d,f,day], filters: [(b > 2)]",
      ),
    );
  });

  it("goes into the preserved side of a left join; a condition of the join into the other", () => {
    expect(
      rewritten(
        "select 1 from t left join u on t.key = u.key and u.a = 1 and t.b = 2 where t.a > 1 and u.s is null",
        pushDownFilter,
      ),
    ).toBe(
      tree(
        "Project [1 AS 1]",
        "+- Filter isnull(s)",
        "   +- Join LeftOuter, ((key = key) AND (b = 2))",
        "      :- Relation [key,a,b,s,d,f,day], filters: [(a > 1)]",
        "      +- Relation [key,a,b,s,d,f,day], filters: [(a = 1)]",
      ),
    );
  });

  it("does the same for a right join, turned around", () => {
    expect(
      rewritten(
        "select 1 from t right join u on t.key = u.key and t.a = 1 where t.s is null and u.b > 2",
        pushDownFilter,
      ),
    ).toBe(
      tree(
        "Project [1 AS 1]",
        "+- Filter isnull(s)",
        "   +- Join RightOuter, (key = key)",
        "      :- Relation [key,a,b,s,d,f,day], filters: [(a = 1)]",
        "      +- Relation [key,a,b,s,d,f,day], filters: [(b > 2)]",
      ),
    );
  });

  it("goes into the left side of a semi join", () => {
    expect(
      rewritten(
        "select 1 from t left semi join u on t.key = u.key and u.a = 1 where t.b > 1",
        pushDownFilter,
      ),
    ).toBe(
      tree(
        "Project [1 AS 1]",
        "+- Join LeftSemi, ((key = key) AND (a = 1))",
        "   :- Relation [key,a,b,s,d,f,day], filters: [(b > 1)]",
        "   +- Relation [key,a,b,s,d,f,day]",
      ),
    );
  });

  it("goes into the right side only of an anti join's own condition", () => {
    expect(
      rewritten(
        "select 1 from t left anti join u on t.key = u.key and u.a = 1 and t.b = 2",
        pushDownFilter,
      ),
    ).toBe(
      tree(
        "Project [1 AS 1]",
        "+- Join LeftAnti, ((key = key) AND (b = 2))",
        "   :- Relation [key,a,b,s,d,f,day]",
        "   +- Relation [key,a,b,s,d,f,day], filters: [(a = 1)]",
      ),
    );
  });

  it("goes below a grouping where it is about keys", () => {
    expect(
      rewritten(
        "select * from (select a, sum(b) x from t group by a) where a > 1 and x > 2",
        pushDownFilter,
      ),
    ).toBe(
      tree(
        "Project [a, x]",
        "+- Filter (x > cast(2 as bigint))",
        "   +- Aggregate [a], [a, sum(cast(b as bigint)) AS x]",
        "      +- Relation [key,a,b,s,d,f,day], filters: [(a > 1)]",
      ),
    );
  });

  it("goes below a sort", () => {
    expect(
      rewritten("select * from (select * from t order by a) where a > 1", pushDownFilter),
    ).toBe(
      tree(
        "Project [key, a, b, s, d, f, day]",
        "+- Sort [a ASC NULLS FIRST], true",
        "   +- Project [key, a, b, s, d, f, day]",
        "      +- Relation [key,a,b,s,d,f,day], filters: [(a > 1)]",
      ),
    );
  });

  it("goes into all children of a union", () => {
    expect(
      rewritten(
        "select * from (select a, b from t union all select b, a from u) where a > 1",
        pushDownFilter,
      ),
    ).toBe(
      tree(
        "Project [a, b]",
        "+- Union false, false",
        "   :- Project [a, b]",
        "   :  +- Relation [key,a,b,s,d,f,day], filters: [(a > 1)]",
        "   +- Project [b, a]",
        "      +- Relation [key,a,b,s,d,f,day], filters: [(b > 1)]",
      ),
    );
  });

  it("stays above a full join", () => {
    expect(
      leaves("select 1 from t full join u on t.key = u.key where t.a > 1", pushDownFilter),
    ).toBe(true);
  });

  it("stays above an aggregate without keys", () => {
    expect(leaves("select * from (select sum(b) x from t) where x > 2", pushDownFilter)).toBe(true);
  });

  it("stays above a limit", () => {
    expect(
      leaves("select * from (select * from t order by a limit 3) where a > 1", pushDownFilter),
    ).toBe(true);
  });

  it("stays above a projection with random values", () => {
    expect(
      leaves("select * from (select key, rand(1) x from t) where key > 2", pushDownFilter),
    ).toBe(true);
  });

  it("stays behind a random condition", () => {
    expect(
      leaves(
        "select * from (select * from t order by a) where rand(1) > 0.5D and key > 2",
        pushDownFilter,
      ),
    ).toBe(true);
  });
});
