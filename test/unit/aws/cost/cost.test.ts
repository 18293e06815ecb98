import { describe, expect, it } from "vitest";
import { NO_ENGINE_USAGE } from "../../../../src/aws/cost/engine-usage.ts";
import { localUsage } from "../../../../src/aws/cost/local-usage.ts";
import { measuredUsage } from "../../../../src/aws/cost/measured-usage.ts";
import { plannedUsage } from "../../../../src/aws/cost/planned-usage.ts";
import { pricesOf } from "../../../../src/aws/cost/price-table.ts";
import { QueryBudget } from "../../../../src/aws/cost/query-budget.ts";
import { queryReceipt } from "../../../../src/aws/cost/query-receipt.ts";
import { makeReceipt } from "../../../../src/aws/cost/receipt.ts";
import { receiptText } from "../../../../src/aws/cost/receipt-text.ts";
import { NO_USAGE } from "../../../../src/aws/s3/s3-usage.ts";
import type { QueryEvent } from "../../../../src/cluster/query-event.ts";
import { DataError } from "../../../../src/common/errors.ts";
import type { PlannedWork } from "../../../../src/query/planned-work.ts";
import { NO_WORK, type StageMetrics } from "../../../../src/query/query-metrics.ts";

const PRICES = pricesOf("us-east-1");

const stage = (facts: Partial<StageMetrics>): StageMetrics => ({
  stage: 0,
  tasks: 1,
  rowsRead: 0,
  rowsWritten: 0,
  bytesRead: 0,
  exchangeBytesRead: 0,
  bytesWritten: 0,
  gets: 0,
  puts: 0,
  cpuMs: 0,
  taskMs: 0,
  peakMemoryBytes: 0,
  spilledBytes: 0,
  decodedChunks: 0,
  fallbackChunks: 0,
  operators: [],
  ...facts,
});

const work = (dataBytes: number, tasks = 1): PlannedWork => ({
  files: 1,
  lists: 1,
  stages: [
    {
      stage: 0,
      tasks,
      dataGets: tasks,
      dataBytes,
      exchangeGets: 0,
      exchangePuts: 2 * tasks,
      expectedExchangeGets: 0,
      expectedExchangePuts: tasks,
    },
  ],
});

const finished = (metrics: object): QueryEvent => ({
  event: "taskFinished",
  query: "q",
  timeMs: 0,
  stage: 0,
  partition: 0,
  attempt: 0,
  elapsedMs: 1,
  metrics: {
    rowsRead: 0,
    rowsWritten: 0,
    bytesRead: 0,
    bytesWritten: 0,
    gets: 0,
    puts: 0,
    cpuMs: 0,
    wallMs: 0,
    peakMemoryBytes: 0,
    spilledBytes: 0,
    fallbackChunks: 0,
    decodedChunks: 0,
    operatorRows: [],
    ...metrics,
  },
});

describe("A receipt", () => {
  it("multiplies what was used by the prices, deletes being free", () => {
    const usage = {
      ...NO_ENGINE_USAGE,
      tasks: 900,
      invocations: 1_000_000,
      gbSeconds: 100_000,
      gets: 900_000,
      heads: 100_000,
      puts: 600_000,
      lists: 400_000,
      deletes: 5_000_000,
    };
    const { dollars } = makeReceipt(usage, PRICES);
    expect(dollars.compute).toBeCloseTo(1.33334, 8);
    expect(dollars.invocations).toBeCloseTo(0.2, 8);
    expect(dollars.requests).toBeCloseTo(0.4 + 5, 8);
    expect(dollars.total).toBeCloseTo(6.93334, 8);
  });

  it("says whose prices it used, and that x86 costs more", () => {
    const prices = pricesOf("mars-north-1", "x86_64");
    expect(prices).toMatchObject({ region: "us-east-1", architecture: "x86_64" });
    expect(prices.asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(prices.gbSecond / PRICES.gbSecond).toBeCloseTo(1.25, 3);
  });

  it("of a query on this machine says what it would have cost", () => {
    const metrics = {
      ...NO_WORK,
      elapsedMs: 500,
      files: 4,
      tables: 1,
      footerBytes: 100,
      stages: [
        stage({ tasks: 4, gets: 8, puts: 2, taskMs: 1024, bytesRead: 1000, bytesWritten: 50 }),
        stage({ tasks: 2, gets: 4, taskMs: 500, bytesRead: 40 }),
      ],
    };
    expect(localUsage(metrics)).toEqual({
      tasks: 6,
      invocations: 7,
      gbSeconds: (1769 / 1024) * 2.024,
      gets: 16,
      heads: 0,
      puts: 4,
      lists: 1,
      deletes: 1,
      bytesRead: 1140,
      bytesWritten: 50,
    });
    const text = receiptText(queryReceipt(metrics, "us-east-1"));
    expect(text).toMatch(/^receipt: on AWS it would have cost \$0\.0000\d\d \(us-east-1, arm64/);
    expect(text).toContain("6 tasks in 7 invocations");
    expect(text).toContain("16 GET, 4 PUT, 1 LIST, 1 DELETE");
  });

  it("of a query on an engine is made from what its functions measured", () => {
    const requests = { ...NO_USAGE, gets: 5, puts: 3, bytesRead: 10 };
    const measured = { invocations: 3, executorMs: 2000, coordinatorMs: 1000, requests };
    const sizes = { executorMb: 2048, coordinatorMb: 1024, coordinators: 2 };
    const usage = measuredUsage(measured, 2, sizes);
    expect(usage).toMatchObject({ tasks: 2, invocations: 5, gbSeconds: 5, gets: 5, puts: 3 });
    const billed = { usage, region: "us-east-1", architecture: "x86_64" } as const;
    const receipt = queryReceipt({ ...NO_WORK, billed }, "eu-west-1");
    expect(receipt.isHypothetical).toBe(false);
    expect(receipt.dollars.compute).toBeCloseTo(5 * 0.0000166667, 10);
    expect(receiptText(receipt)).toMatch(/^receipt: it cost \$0\.00010/);
  });
});

describe("A budget", () => {
  const condition = (name: string) => expect.objectContaining({ condition: name });

  it("refuses a plan that would read more or cost more, and says both numbers", () => {
    const bytes = new QueryBudget({ dollars: null, bytes: 1000 }, PRICES);
    bytes.admit(work(1000));
    expect(() => bytes.admit(work(1001))).toThrow(condition("MAX_BYTES_EXCEEDED"));
    expect(() => bytes.admit(work(1001))).toThrow(/1000 bytes.*1001/);
    const { total } = makeReceipt(plannedUsage(work(1e12, 5000)), PRICES).dollars;
    expect(total).toBeGreaterThan(0.1);
    expect(total).toBeLessThan(0.5);
    new QueryBudget({ dollars: total, bytes: null }, PRICES).admit(work(1e12, 5000));
    const dollars = new QueryBudget({ dollars: total * 0.99, bytes: null }, PRICES);
    expect(() => dollars.admit(work(1e12, 5000))).toThrow(condition("BUDGET_EXCEEDED"));
  });

  it("ends a query that reaches it, whatever the plan said; what stages exchange does not count", () => {
    const budget = new QueryBudget({ dollars: null, bytes: 1000 }, PRICES);
    budget.note(finished({ bytesRead: 900 }));
    budget.note(finished({ bytesRead: 5000, exchangeBytesRead: 5000 }));
    expect(budget.signal.aborted).toBe(false);
    budget.note(finished({ bytesRead: 101 }));
    expect(budget.signal.reason).toMatchObject({
      condition: "MAX_BYTES_EXCEEDED",
      family: "resources",
      details: { limit: 1000, used: 1001 },
    });
  });

  it("ends a query by what it was billed, where that is known, though nothing happens", () => {
    let gbSeconds = 1;
    const billed = () => ({ ...NO_ENGINE_USAGE, gbSeconds });
    const budget = new QueryBudget({ dollars: 3 * PRICES.gbSecond, bytes: null }, PRICES, {
      billed,
    });
    budget.note(finished({ wallMs: 10_000 }));
    budget.review();
    expect(budget.signal.aborted).toBe(false);
    gbSeconds = 4;
    budget.review();
    expect(budget.signal.reason).toMatchObject({ condition: "BUDGET_EXCEEDED" });
  });

  it("counts the time of attempts that failed", () => {
    const dollars = (1769 / 1024) * PRICES.gbSecond * 2;
    const budget = new QueryBudget({ dollars, bytes: null }, PRICES);
    const attempt = { query: "q", stage: 0, partition: 1, attempt: 0 };
    const error = new DataError({ condition: "X", message: "x" }).toJSON();
    budget.note({ event: "taskStarted", timeMs: 1000, ...attempt });
    budget.note({ event: "taskFailed", timeMs: 2500, error, isRetried: true, ...attempt });
    expect(budget.signal.aborted).toBe(false);
    budget.note({ event: "taskStarted", timeMs: 3000, ...attempt, attempt: 1 });
    budget.note({
      event: "taskFailed",
      timeMs: 3600,
      error,
      isRetried: true,
      ...attempt,
      attempt: 1,
    });
    expect(budget.signal.reason).toMatchObject({ condition: "BUDGET_EXCEEDED" });
  });

  it("goes on from what was spent before the query was taken over", () => {
    const limits = { dollars: null, bytes: 1000 };
    const before = new QueryBudget(limits, PRICES);
    before.note(finished({ bytesRead: 900, gets: 3 }));
    const spent = JSON.parse(JSON.stringify(before.spent));
    expect(spent).toMatchObject({ dataBytes: 900, used: { gets: 3 } });
    const after = new QueryBudget(limits, PRICES, { spent });
    after.note(finished({ bytesRead: 101 }));
    expect(after.signal.reason).toMatchObject({ details: { used: 1001 } });
  });

  it("counts time, requests and invocations as they come", () => {
    const dollars = (1769 / 1024) * PRICES.gbSecond + 10 * PRICES.put;
    const budget = new QueryBudget({ dollars, bytes: null }, PRICES);
    budget.note(finished({ wallMs: 1000, puts: 10 }));
    expect(budget.signal.aborted).toBe(false);
    const place = { query: "q", timeMs: 0, stage: 0, partition: 1, attempt: 0 };
    budget.note({ event: "taskStarted", ...place });
    budget.note(finished({}));
    expect(budget.signal.reason).toMatchObject({ condition: "BUDGET_EXCEEDED" });
  });
});
