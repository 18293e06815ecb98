import { describe, expect, it } from "vitest";
import { simplifyCasts } from "../../../../src/optimizer/rule/simplify-casts.ts";
import { leaves, rewritten, tree } from "../../../support/optimizer.ts";

describe("SimplifyCasts", () => {
  it("drops a cast to the type that is there", () => {
    expect(rewritten("select cast(a as int), cast(a as bigint) from t", simplifyCasts)).toBe(
      tree("Project [a AS a, cast(a as bigint) AS a]", "+- Relation [key,a,b,s,d,f,day]"),
    );
  });

  it("leaves casts to another type alone", () => {
    expect(leaves("select cast(a as bigint), cast(d as decimal(16,2)) from t", simplifyCasts)).toBe(
      true,
    );
  });
});
