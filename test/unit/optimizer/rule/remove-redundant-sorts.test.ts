import { describe, expect, it } from "vitest";
import { removeRedundantSorts } from "../../../../src/optimizer/rule/remove-redundant-sorts.ts";
import { leaves, rewritten, tree } from "../../../support/optimizer.ts";

describe("RemoveRedundantSorts", () => {
  it("drops a sort below another one", () => {
    expect(
      rewritten("select a from (select * from t order by b) order by a", removeRedundantSorts),
    ).toBe(
      tree(
        "Sort [a ASC NULLS FIRST], true",
        "+- Project [a]",
        "   +- Project [key, a, b, s, d, f, day]",
        "      +- Relation [key,a,b,s,d,f,day]",
      ),
    );
  });

  it("drops a sort below an aggregation that does not see order", () => {
    expect(
      rewritten("select count(*) from (select * from t order by b)", removeRedundantSorts),
    ).toBe(
      tree(
        "Aggregate [count(1) AS count(1)]",
        "+- Project [key, a, b, s, d, f, day]",
        "   +- Relation [key,a,b,s,d,f,day]",
      ),
    );
  });

  it("drops sorts below a join", () => {
    expect(
      rewritten(
        "select 1 from (select * from t order by b) t join u on t.key = u.key",
        removeRedundantSorts,
      ),
    ).toBe(
      tree(
        "Project [1 AS 1]",
        "+- Join Inner, (key = key)",
        "   :- Project [key, a, b, s, d, f, day]",
        "   :  +- Relation [key,a,b,s,d,f,day]",
        "   +- Relation [key,a,b,s,d,f,day]",
      ),
    );
  });

  it("drops constants from a sort", () => {
    expect(rewritten("select a from t order by 'x'", removeRedundantSorts)).toBe(
      tree("Project [a]", "+- Relation [key,a,b,s,d,f,day]"),
    );
  });

  it("keeps a sort below an aggregation that sees order", () => {
    expect(leaves("select first(a) from (select * from t order by b)", removeRedundantSorts)).toBe(
      true,
    );
  });

  it("keeps a sort below a sum of floating-point numbers", () => {
    expect(leaves("select sum(f) from (select * from t order by b)", removeRedundantSorts)).toBe(
      true,
    );
  });

  it("keeps the outermost sort", () => {
    expect(leaves("select a from t order by a", removeRedundantSorts)).toBe(true);
  });
});
