import { describe, expect, it } from "vitest";
import { inferFilters } from "../../../../src/optimizer/rule/infer-filters.ts";
import { pushDownFilter } from "../../../../src/optimizer/rule/push-down-filter.ts";
import { leaves, rewritten, tree } from "../../../support/optimizer.ts";

describe("InferFilters", () => {
  it("gives one side what is known of the other's equal key", () => {
    expect(
      rewritten("select 1 from t join u on t.key = u.key and t.a = u.a where t.key = 5", [
        pushDownFilter,
        inferFilters,
      ]),
    ).toBe(
      tree(
        "Project [1 AS 1]",
        "+- Join Inner, ((key = key) AND (a = a))",
        "   :- Relation [key,a,b,s,d,f,day], filters: [(key = cast(5 as bigint))]",
        "   +- Filter (key = cast(5 as bigint))",
        "      +- Relation [key,a,b,s,d,f,day]",
      ),
    );
  });

  it("gives the padded side of a left join what is known of the other", () => {
    expect(
      rewritten("select 1 from t left join u on t.key = u.key where t.key = 5", [
        pushDownFilter,
        inferFilters,
      ]),
    ).toBe(
      tree(
        "Project [1 AS 1]",
        "+- Join LeftOuter, (key = key)",
        "   :- Relation [key,a,b,s,d,f,day], filters: [(key = cast(5 as bigint))]",
        "   +- Filter (key = cast(5 as bigint))",
        "      +- Relation [key,a,b,s,d,f,day]",
      ),
    );
  });

  it("restricts each side by what each alternative says of it", () => {
    expect(
      rewritten(
        "select 1 from t join u on t.key = u.key where (t.a = 1 and u.a = 2) or (t.a = 2 and u.a = 1)",
        [pushDownFilter, inferFilters],
      ),
    ).toBe(
      tree(
        "Project [1 AS 1]",
        "+- Join Inner, ((key = key) AND (((a = 1) AND (a = 2)) OR ((a = 2) AND (a = 1))))",
        "   :- Filter ((a = 1) OR (a = 2))",
        "   :  +- Relation [key,a,b,s,d,f,day]",
        "   +- Filter ((a = 2) OR (a = 1))",
        "      +- Relation [key,a,b,s,d,f,day]",
      ),
    );
  });

  it("does not give the preserved side of a left join what holds for the other", () => {
    expect(
      leaves(
        "select 1 from t left join (select * from u where key = 5) u on t.key = u.key",
        inferFilters,
      ),
    ).toBe(true);
  });

  it("does not carry over a condition on floating-point keys, where 0.0 equals -0.0", () => {
    expect(
      leaves("select 1 from (select * from t where f = 0.0D) t join u on t.f = u.f", inferFilters),
    ).toBe(true);
  });

  it("does not carry over what may fail", () => {
    expect(
      leaves(
        "select 1 from (select * from t where 1 / key > 1) t join u on t.key = u.key",
        inferFilters,
      ),
    ).toBe(true);
  });
});
