import { describe, expect, it } from "vitest";
import { columnPruning } from "../../../../src/optimizer/rule/column-pruning.ts";
import { pushDownFilter } from "../../../../src/optimizer/rule/push-down-filter.ts";
import { leaves, rewritten, tree } from "../../../support/optimizer.ts";

describe("ColumnPruning", () => {
  it("reads only what is asked for, computed or filtered by", () => {
    expect(rewritten("select a from t where b > 1", columnPruning)).toBe(
      tree("Project [a]", "+- Filter (b > 1)", "   +- Relation [a,b]"),
    );
  });

  it("drops the rest of a projection and of an aggregation", () => {
    expect(
      rewritten(
        "select x from (select a x, sum(b) y, count(*) z from t group by a)",
        columnPruning,
      ),
    ).toBe(tree("Project [x]", "+- Aggregate [a], [a AS x]", "   +- Relation [a]"));
  });

  it("ends a column below the join that only a filter needs", () => {
    expect(
      rewritten("select t.a from t join u on t.key = u.key where u.s = 'x'", [
        pushDownFilter,
        columnPruning,
      ]),
    ).toBe(
      tree(
        "Project [a]",
        "+- Join Inner, (key = key)",
        "   :- Relation [key,a]",
        "   +- Project [key]",
        "      +- Relation [key,s], filters: [(s = x)]",
      ),
    );
  });

  it("cuts all children of a union to the same places", () => {
    expect(
      rewritten("select a from (select a, b from t union all select b, a from u)", columnPruning),
    ).toBe(
      tree(
        "Project [a]",
        "+- Union false, false",
        "   :- Project [a]",
        "   :  +- Relation [a]",
        "   +- Project [b]",
        "      +- Relation [b]",
      ),
    );
  });

  it("reads no column to count rows", () => {
    expect(rewritten("select count(*) from t", columnPruning)).toBe(
      tree("Aggregate [count(1) AS count(1)]", "+- Relation []"),
    );
  });

  it("leaves a plan alone that needs all columns", () => {
    expect(leaves("select * from t", columnPruning)).toBe(true);
  });
});
