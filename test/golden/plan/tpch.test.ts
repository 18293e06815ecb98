import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { Catalog } from "../../../src/analyzer/catalog.ts";
import { cutStages } from "../../../src/physical/cut-stages.ts";
import { planPhysical } from "../../../src/physical/plan-physical.ts";
import { printJobGraph } from "../../../src/physical/print-job-graph.ts";
import { printPhysical } from "../../../src/physical/print-physical.ts";
import { printPlan } from "../../../src/plan/print-plan.ts";
import { optimized } from "../../support/optimizer.ts";
import { TPCH_QUERIES, tpchSql } from "../../support/tpch.ts";
import { tpchCatalog } from "../../support/tpch-catalog.ts";

/**
 * What becomes of the TPC-H queries on tables of scale factor 1 and two workers. `UPDATE_GOLDEN=1 npx vitest run
 * test/golden/plan` writes all files anew.
 */
const UPDATES = process.env["UPDATE_GOLDEN"] === "1";

describe("the plan of TPC-H query", () => {
  let catalog: Catalog;
  beforeAll(async () => {
    catalog = await tpchCatalog();
  });

  for (const query of TPCH_QUERIES)
    it(`${query} is the one on file`, () => {
      const plan = optimized(tpchSql(query), catalog);
      const physical = planPhysical(plan, {
        shufflePartitions: 4,
        broadcastThresholdBytes: 64 * 1024 * 1024,
        parallelism: 2,
      });
      const text = [
        "== Optimized Logical Plan ==",
        printPlan(plan),
        "",
        "== Physical Plan ==",
        printPhysical(physical, { mode: "cost" }),
        "",
        "== Stages ==",
        printJobGraph(cutStages(physical)),
        "",
      ].join("\n");
      const file = new URL(`q${query}.txt`, import.meta.url);
      if (UPDATES) writeFileSync(file, text);
      expect(existsSync(file) ? readFileSync(file, "utf8") : "no file").toBe(text);
    });
});
