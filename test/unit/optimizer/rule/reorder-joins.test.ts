import { describe, expect, it } from "vitest";
import { reorderJoins } from "../../../../src/optimizer/rule/reorder-joins.ts";
import type { LogicalPlan } from "../../../../src/plan/logical-plan.ts";
import { planOutput } from "../../../../src/plan/plan-output.ts";
import { planChildren } from "../../../../src/plan/plan-tree.ts";
import { leaves, optimized, tables } from "../../../support/optimizer.ts";

const STAR = tables({
  fact: {
    schema:
      "factkey BIGINT NOT NULL, c_id BIGINT NOT NULL, s_id BIGINT NOT NULL, amount DOUBLE NOT NULL",
    rows: 6_000_000,
    columns: { c_id: { min: "1", max: "150000" }, s_id: { min: "1", max: "10000" } },
  },
  customer: {
    schema: "ckey BIGINT NOT NULL, n_id BIGINT NOT NULL",
    rows: 150_000,
    columns: { n_id: { min: "0", max: "24" } },
  },
  supplier: {
    schema: "skey BIGINT NOT NULL, city INT NOT NULL",
    rows: 10_000,
    columns: { city: { min: 1, max: 100 } },
  },
  nation: {
    schema: "nkey BIGINT NOT NULL, name STRING NOT NULL",
    rows: 25,
    columns: { nkey: { min: "0", max: "24" } },
  },
});

/** `((fact supplier) customer)`: the joins of a plan, the probed side before the built one. */
function joins(plan: LogicalPlan): string {
  if (plan.kind === "relation") return plan.name;
  const inner = planChildren(plan).map(joins);
  return plan.kind === "join" ? `(${inner.join(" ")})` : inner.join();
}

describe("ReorderJoins", () => {
  it("probes with the fact table and joins what leaves the fewest rows first", () => {
    const plan = optimized(
      "select sum(amount) from customer, nation, supplier, fact where n_id = nkey and ckey = c_id and skey = s_id and city = 7",
      STAR,
    );
    expect(joins(plan)).toMatch(
      /^\(\(fact supplier\) \(customer nation\)\)$|^\(\(\(fact supplier\) customer\) nation\)$|^\(\(customer \(fact supplier\)\) nation\)$/,
    );
  });

  it("makes no product where equalities connect all relations", () => {
    const plan = optimized(
      "select count(*) from nation, supplier, customer, fact where n_id = nkey and ckey = c_id and skey = s_id",
      STAR,
    );
    expect(joins(plan)).not.toMatch(
      /\(nation supplier\)|\(supplier nation\)|\(supplier customer\)|\(customer supplier\)/,
    );
  });

  it("makes products last where there are no equalities", () => {
    const plan = optimized(
      "select count(*) from customer, supplier, nation where n_id = nkey",
      STAR,
    );
    expect(joins(plan)).toMatch(/\(customer nation\)/);
  });

  it("keeps the order of columns", () => {
    const plan = optimized(
      "select * from nation, supplier, customer, fact where n_id = nkey and ckey = c_id and skey = s_id",
      STAR,
    );
    expect(planOutput(plan).map((a) => a.name)).toEqual([
      "nkey",
      "name",
      "skey",
      "city",
      "ckey",
      "n_id",
      "factkey",
      "c_id",
      "s_id",
      "amount",
    ]);
  });

  it("leaves two relations, outer joins and hinted joins in their order", () => {
    expect(leaves("select 1 from t join u on t.key = u.key", reorderJoins)).toBe(true);
    const outer = "select 1 from t left join u on t.key = u.key left join u v on t.a = v.a";
    expect(leaves(outer, reorderJoins)).toBe(true);
    const hinted =
      "select /*+ BROADCAST(u) */ 1 from t join u on t.key = u.key join u v on t.a = v.a";
    expect(leaves(hinted, reorderJoins)).toBe(true);
  });
});
