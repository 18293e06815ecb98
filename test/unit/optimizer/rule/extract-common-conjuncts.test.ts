import { describe, expect, it } from "vitest";
import { extractCommonConjuncts } from "../../../../src/optimizer/rule/extract-common-conjuncts.ts";
import { leaves, rewritten, tree } from "../../../support/optimizer.ts";

describe("ExtractCommonConjuncts", () => {
  it("takes what all alternatives ask for out of an OR", () => {
    expect(
      rewritten(
        "select key from t where (a = 1 and b = 2) or (a = 1 and b = 3)",
        extractCommonConjuncts,
      ),
    ).toBe(
      tree(
        "Project [key]",
        "+- Filter ((a = 1) AND ((b = 2) OR (b = 3)))",
        "   +- Relation [key,a,b,s,d,f,day]",
      ),
    );
  });

  it("leaves just that where one alternative asks for nothing else", () => {
    expect(
      rewritten("select key from t where a = 1 or (a = 1 and b = 3)", extractCommonConjuncts),
    ).toBe(tree("Project [key]", "+- Filter (a = 1)", "   +- Relation [key,a,b,s,d,f,day]"));
  });

  it("does so in a join's condition", () => {
    expect(
      rewritten(
        "select 1 from t join u on (t.key = u.key and t.a = 1) or (t.key = u.key and t.a = 2)",
        extractCommonConjuncts,
      ),
    ).toBe(
      tree(
        "Project [1 AS 1]",
        "+- Join Inner, ((key = key) AND ((a = 1) OR (a = 2)))",
        "   :- Relation [key,a,b,s,d,f,day]",
        "   +- Relation [key,a,b,s,d,f,day]",
      ),
    );
  });

  it("leaves alternatives alone that have nothing in common", () => {
    expect(
      leaves(
        "select key from t where (a = 1 and b = 2) or (a = 2 and b = 3)",
        extractCommonConjuncts,
      ),
    ).toBe(true);
  });

  it("does not move what may fail", () => {
    expect(
      leaves(
        "select key from t where (b = 2 and 1/a > 1) or (b = 3 and 1/a > 1)",
        extractCommonConjuncts,
      ),
    ).toBe(true);
  });
});
