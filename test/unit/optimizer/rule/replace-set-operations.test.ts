import { describe, expect, it } from "vitest";
import { replaceSetOperations } from "../../../../src/optimizer/rule/replace-set-operations.ts";
import { leaves, rewritten, tree } from "../../../support/optimizer.ts";

describe("ReplaceSetOperations", () => {
  it("makes UNION the distinct rows of UNION ALL", () => {
    expect(rewritten("select a from t union select b from u", replaceSetOperations)).toBe(
      tree(
        "Distinct",
        "+- Union false, false",
        "   :- Project [a]",
        "   :  +- Relation [key,a,b,s,d,f,day]",
        "   +- Project [b]",
        "      +- Relation [key,a,b,s,d,f,day]",
      ),
    );
  });

  it("makes INTERSECT a semi join in which null equals null", () => {
    expect(rewritten("select a from t intersect select b from u", replaceSetOperations)).toBe(
      tree(
        "Distinct",
        "+- Project [a AS a]",
        "   +- Join LeftSemi, (a <=> b)",
        "      :- Project [a]",
        "      :  +- Relation [key,a,b,s,d,f,day]",
        "      +- Project [b]",
        "         +- Relation [key,a,b,s,d,f,day]",
      ),
    );
  });

  it("makes EXCEPT an anti join in which null equals null", () => {
    expect(rewritten("select a from t except select b from u", replaceSetOperations)).toBe(
      tree(
        "Distinct",
        "+- Project [a AS a]",
        "   +- Join LeftAnti, (a <=> b)",
        "      :- Project [a]",
        "      :  +- Relation [key,a,b,s,d,f,day]",
        "      +- Project [b]",
        "         +- Relation [key,a,b,s,d,f,day]",
      ),
    );
  });

  it("leaves UNION ALL alone", () => {
    expect(leaves("select a from t union all select b from u", replaceSetOperations)).toBe(true);
  });
});
