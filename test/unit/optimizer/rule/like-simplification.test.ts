import { describe, expect, it } from "vitest";
import { likeSimplification } from "../../../../src/optimizer/rule/like-simplification.ts";
import { leaves, rewritten, tree } from "../../../support/optimizer.ts";

describe("LikeSimplification", () => {
  it("asks for a prefix, a suffix, a part, or the whole", () => {
    expect(
      rewritten(
        "select key from t where s like 'ab%' and s like '%cd' and s like '%ef%' and s like 'gh'",
        likeSimplification,
      ),
    ).toBe(
      tree(
        "Project [key]",
        "+- Filter ((startswith(s, ab) AND endswith(s, cd)) AND (contains(s, ef) AND (s = gh)))",
        "   +- Relation [key,a,b,s,d,f,day]",
      ),
    );
  });

  it("leaves patterns alone that are more than that", () => {
    expect(
      leaves(
        "select key from t where s like 'i_%' and s like 'j%k' and s like '%' and s like 'a\\\\%%'",
        likeSimplification,
      ),
    ).toBe(true);
  });
});
