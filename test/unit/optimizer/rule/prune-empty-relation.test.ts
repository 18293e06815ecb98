import { describe, expect, it } from "vitest";
import { pruneEmptyRelation } from "../../../../src/optimizer/rule/prune-empty-relation.ts";
import { leaves, rewritten, tree } from "../../../support/optimizer.ts";

describe("PruneEmptyRelation", () => {
  it("has no rows where the filter is false", () => {
    expect(rewritten("select a from t where false", pruneEmptyRelation)).toBe(
      tree("LocalRelation [a]"),
    );
  });

  it("still counts to zero", () => {
    expect(rewritten("select count(*) from t where false", pruneEmptyRelation)).toBe(
      tree("Aggregate [count(1) AS count(1)]", "+- LocalRelation [key, a, b, s, d, f, day]"),
    );
  });

  it("pads the other side of a left join", () => {
    expect(
      rewritten(
        "select t.a, u.b from t left join (select key, b from u limit 0) u on t.key = u.key",
        pruneEmptyRelation,
      ),
    ).toBe(
      tree(
        "Project [a, b]",
        "+- Project [key, a, b, s, d, f, day, null AS key, null AS b]",
        "   +- Relation [key,a,b,s,d,f,day]",
      ),
    );
  });

  it("drops empty children of a union", () => {
    expect(
      rewritten("select a from t union all (select b from u limit 0)", pruneEmptyRelation),
    ).toBe(tree("Project [a AS a]", "+- Project [a]", "   +- Relation [key,a,b,s,d,f,day]"));
  });

  it("leaves other plans alone", () => {
    expect(leaves("select a from t where a > 1 limit 3", pruneEmptyRelation)).toBe(true);
  });
});
