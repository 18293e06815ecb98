import { describe, expect, it } from "vitest";
import { combineUnions } from "../../../../src/optimizer/rule/combine-unions.ts";
import { rewritten } from "../../../support/optimizer.ts";

describe("CombineUnions", () => {
  it("makes one of nested UNION ALLs, in their order", () => {
    const text = rewritten(
      "select 1 a union all (select 2 union all select 3) union all select 4",
      combineUnions,
    );
    expect(text.match(/Union/g)).toHaveLength(1);
    expect(text.match(/Project \[(\d)/g)).toEqual(["1", "2", "3", "4"].map((n) => `Project [${n}`));
  });
});
