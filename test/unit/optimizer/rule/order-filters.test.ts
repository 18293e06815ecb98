import { describe, expect, it } from "vitest";
import { orderFilters } from "../../../../src/optimizer/rule/order-filters.ts";
import { pushDownFilter } from "../../../../src/optimizer/rule/push-down-filter.ts";
import { leaves, rewritten, tree } from "../../../support/optimizer.ts";

describe("OrderFilters", () => {
  it("puts the cheap and selective first and patterns last", () => {
    expect(
      rewritten("select 1 from t where s like '%x%' and f > 0 and key = 1", [
        pushDownFilter,
        orderFilters,
      ]),
    ).toBe(
      tree(
        "Project [1 AS 1]",
        "+- Relation [key,a,b,s,d,f,day], filters: [(key = cast(1 as bigint)), (f > cast(0 as double)), s LIKE %x%]",
      ),
    );
  });

  it("puts what may fail behind what guards it, in its order", () => {
    expect(
      rewritten("select 1 from t where s like '%x%' and 1/a > 2 and 1/b > 3 and key = 1", [
        pushDownFilter,
        orderFilters,
      ]),
    ).toBe(
      tree(
        "Project [1 AS 1]",
        "+- Relation [key,a,b,s,d,f,day], filters: [(key = cast(1 as bigint)), s LIKE %x%, ((cast(1 as double) / cast(a as double)) > cast(2 as double)), ((cast(1 as double) / cast(b as double)) > cast(3 as double))]",
      ),
    );
  });

  it("keeps conditions that may all fail in their order", () => {
    expect(leaves("select 1 from t where 1/a > 2 and 1/b > 2", orderFilters)).toBe(true);
  });
});
