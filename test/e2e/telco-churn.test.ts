import { afterAll, describe, expect, it } from "vitest";
import { averageCharges } from "../../examples/telco-churn/telco-churn.ts";
import { Session } from "../../src/index.ts";

const session = Session.local({ workers: 2, memory: "512m" });
afterAll(() => session.stop());

describe("the telco churn example", () => {
  it("reads four columns and filters beside the scan, the cheap and selective condition first", async () => {
    const plan = await averageCharges(session).explainString("extended");
    const [before = "", after = ""] = plan.split("== Optimized Logical Plan ==\n");
    expect(before).toMatch(
      /Aggregate .*\n\+- Filter \(internet_service#\d+ = Fiber optic\)\n {3}\+- Filter \(tenure_years#\d+ > cast\(2 as double\)\)\n {6}\+- Project .* AS tenure_years#\d+]\n {9}\+- Relation/,
    );
    expect(after).toMatch(
      /Relation \[tenure#\d+,internet_service#\d+,payment_type#\d+,monthly_charges#\d+] parquet, filters: \[\(internet_service#\d+ = Fiber optic\), \(\(cast\(tenure#\d+ as double\) \/ 12\.0\) > 2\.0\)]\n/,
    );
  });

  it("counts 8,000 customers, 2,000 with fiber, 1,000 of them for more than two years", async () => {
    const { metrics } = await averageCharges(session).run();
    const operators = metrics.stages.flatMap((stage) => stage.operators);
    expect(metrics.stages[0]?.rowsRead).toBe(8000);
    expect(operators.flatMap(({ filters }) => filters.map(({ rows }) => rows))).toEqual([
      2000, 1000,
    ]);
    expect(metrics.bytesRead).toBeLessThan(metrics.bytesInFiles / 2);
  });

  it("gives the averages that DuckDB gives", async () => {
    const rows = await averageCharges(session).orderBy("payment_type").collect();
    expect(JSON.parse(JSON.stringify(rows))).toEqual([
      { payment_type: "Bank transfer", avg_monthly_charges: "86.804605" },
      { payment_type: "Credit card", avg_monthly_charges: "87.731818" },
      { payment_type: "Electronic check", avg_monthly_charges: "87.289454" },
      { payment_type: "Mailed check", avg_monthly_charges: "88.260429" },
    ]);
  });
});
