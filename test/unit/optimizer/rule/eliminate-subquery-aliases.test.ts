import { describe, expect, it } from "vitest";
import { eliminateSubqueryAliases } from "../../../../src/optimizer/rule/eliminate-subquery-aliases.ts";
import { rewritten, tree } from "../../../support/optimizer.ts";

describe("EliminateSubqueryAliases", () => {
  it("leaves nothing of an alias but the names it gave to columns", () => {
    expect(
      rewritten("select x.p from (select a, b from t) as x(p, q)", eliminateSubqueryAliases),
    ).toBe(
      tree(
        "Project [p]",
        "+- Project [a AS p, b AS q]",
        "   +- Project [a, b]",
        "      +- Relation [key,a,b,s,d,f,day]",
      ),
    );
  });
});
