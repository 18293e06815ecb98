import { describe, expect, it } from "vitest";
import { eliminateOuterJoin } from "../../../../src/optimizer/rule/eliminate-outer-join.ts";
import { leaves, rewritten, tree } from "../../../support/optimizer.ts";

describe("EliminateOuterJoin", () => {
  it("makes a left join inner whose null-padded rows are thrown away", () => {
    expect(
      rewritten("select 1 from t left join u on t.key = u.key where u.a > 1", eliminateOuterJoin),
    ).toBe(
      tree(
        "Project [1 AS 1]",
        "+- Filter (a > 1)",
        "   +- Join Inner, (key = key)",
        "      :- Relation [key,a,b,s,d,f,day]",
        "      +- Relation [key,a,b,s,d,f,day]",
      ),
    );
  });

  it("makes a right join inner", () => {
    expect(
      rewritten(
        "select 1 from t right join u on t.key = u.key where t.s like 'x%'",
        eliminateOuterJoin,
      ),
    ).toBe(
      tree(
        "Project [1 AS 1]",
        "+- Filter s LIKE x%",
        "   +- Join Inner, (key = key)",
        "      :- Relation [key,a,b,s,d,f,day]",
        "      +- Relation [key,a,b,s,d,f,day]",
      ),
    );
  });

  it("makes a full join left where only the right side is padded", () => {
    expect(
      rewritten("select 1 from t full join u on t.key = u.key where t.a > 1", eliminateOuterJoin),
    ).toBe(
      tree(
        "Project [1 AS 1]",
        "+- Filter (a > 1)",
        "   +- Join LeftOuter, (key = key)",
        "      :- Relation [key,a,b,s,d,f,day]",
        "      +- Relation [key,a,b,s,d,f,day]",
      ),
    );
  });

  it("makes a full join inner where both are needed", () => {
    expect(
      rewritten(
        "select 1 from t full join u on t.key = u.key where t.a + u.a > 1",
        eliminateOuterJoin,
      ),
    ).toBe(
      tree(
        "Project [1 AS 1]",
        "+- Filter ((a + a) > 1)",
        "   +- Join Inner, (key = key)",
        "      :- Relation [key,a,b,s,d,f,day]",
        "      +- Relation [key,a,b,s,d,f,day]",
      ),
    );
  });

  it("keeps a join whose padded rows may pass", () => {
    expect(
      leaves(
        "select 1 from t left join u on t.key = u.key where u.a is null or t.a = 1",
        eliminateOuterJoin,
      ),
    ).toBe(true);
  });

  it("keeps a join whose filter turns null into something else", () => {
    expect(
      leaves(
        "select 1 from t left join u on t.key = u.key where coalesce(u.a, 1) = 1",
        eliminateOuterJoin,
      ),
    ).toBe(true);
  });
});
