import { describe, expect, it } from "vitest";
import { RetryBudget } from "../../../../src/aws/s3/retry-budget.ts";

describe("The budget of retries", () => {
  const spent = (budget: RetryBudget): number => {
    let retries = 0;
    while (budget.take()) retries++;
    return retries;
  };

  it("is a hundred that come to nothing, and one for five requests that need none", () => {
    const budget = new RetryBudget();
    expect(spent(budget)).toBe(100);
    for (let i = 0; i < 4; i++) budget.settle(0);
    expect(budget.take()).toBe(false);
    budget.settle(0);
    expect(budget.take()).toBe(true);
  });

  it("gets back what the retries of a request took that went well, and never more than it had", () => {
    const budget = new RetryBudget();
    spent(budget);
    budget.settle(3);
    expect(spent(budget)).toBe(3);
    for (let i = 0; i < 1000; i++) budget.settle(2);
    expect(spent(budget)).toBe(100);
  });
});
