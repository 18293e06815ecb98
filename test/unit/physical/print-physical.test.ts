import { describe, expect, it } from "vitest";
import { planPhysical } from "../../../src/physical/plan-physical.ts";
import { printPhysical } from "../../../src/physical/print-physical.ts";
import { optimized, TABLES } from "../../support/optimizer.ts";

const plan = planPhysical(
  optimized(
    "select t.a, count(*) c from t join u using (key) where t.s like 'x%' and t.b > 3 group by t.a order by c limit 5",
    TABLES,
  ),
  { shufflePartitions: 8, broadcastThresholdBytes: 1_000_000, parallelism: 2 },
);

/** Without numbers of columns. */
const text = (mode: "simple" | "cost" | "formatted", more = {}) =>
  printPhysical(plan, { mode, ...more }).replace(/#\d+L?/g, "");

describe("a physical plan prints", () => {
  it("simply as Spark does, a star for each compiled pipeline", () => {
    expect(
      text("simple")
        .split("\n")
        .map((line) =>
          line.replace(/, Format.*(?=PushedFilters)/, ", ").replace(/, ReadSchema.*/, ""),
        ),
    ).toEqual([
      "*(2) TakeOrdered(limit=5, orderBy=[c ASC NULLS FIRST])",
      "+- *(1) HashAggregate(keys=[a], functions=[count(1)])",
      "   +- *(1) ShuffledHashJoin [key], [key], Inner, BuildLeft",
      "      :- *(1) Project [key, a]",
      "      :  +- FileScan parquet t[key,a,b,s] DataFilters: [(b > 3), startswith(s, x)], PushedFilters: [GreaterThan(b,3), StringStartsWith(s,x)]",
      "      +- FileScan parquet u[key] DataFilters: [], PushedFilters: []",
    ]);
  });

  it("with what is expected of each operator, and the requests of a scan", () => {
    const lines = text("cost", { countRequests: () => 7 }).split("\n");
    expect(lines[0]).toMatch(/, Statistics\(sizeInBytes=\d+\.\d B, rowCount=5\)$/);
    expect(lines.at(-1)).toMatch(
      /Statistics\(sizeInBytes=7.8 KiB, rowCount=1000, readBytes=7.8 KiB, requests=7\)$/,
    );
  });

  it("formatted, as a tree of names and details by number", () => {
    const lines = text("formatted").split("\n");
    expect(lines.slice(0, 6)).toEqual([
      "* TakeOrdered (6)",
      "+- * HashAggregate (5)",
      "   +- * ShuffledHashJoin Inner BuildLeft (4)",
      "      :- * Project (2)",
      "      :  +- Scan parquet t (1)",
      "      +- Scan parquet u (3)",
    ]);
    expect(lines).toContain("(1) Scan parquet t");
    expect(lines).toContain("PushedFilters: [GreaterThan(b,3), StringStartsWith(s,x)]");
    expect(lines).toContain("(4) ShuffledHashJoin Inner BuildLeft [codegen id : 1]");
    expect(lines).toContain("Join type: Inner");
  });
});
