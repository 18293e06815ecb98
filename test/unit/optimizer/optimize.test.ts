import { describe, expect, it } from "vitest";
import { DataError } from "../../../src/common/errors.ts";
import { evaluateConstant } from "../../../src/exec/evaluate-constant.ts";
import { checkRule } from "../../../src/optimizer/check-rule.ts";
import {
  optimize,
  parseExcludedRules,
  type SkippedRule,
  type TraceEntry,
} from "../../../src/optimizer/optimize.ts";
import type { Rule } from "../../../src/optimizer/rule.ts";
import { BATCHES } from "../../../src/optimizer/rules.ts";
import type { Attribute } from "../../../src/plan/expression.ts";
import type { LogicalPlan } from "../../../src/plan/logical-plan.ts";
import { planOutput } from "../../../src/plan/plan-output.ts";
import { analyzed, optimized, printed, TABLES } from "../../support/optimizer.ts";
import { attribute, project, relation } from "../../support/plans.ts";

const QUERY =
  "select distinct x from (select key, a / 12 x, s from t) where x > 2 and s = 'Fiber optic' and 1 + 1 = 2";

function run(plan: LogicalPlan, excludedRules: readonly string[] = []) {
  const trace: TraceEntry[] = [];
  const result = optimize(plan, {
    settings: { excludedRules },
    evaluateConstant: (e) => evaluateConstant(e, { ansi: true, timeZone: "UTC" }),
    trace: (entry) => trace.push(entry),
  });
  return { result, trace };
}

describe("the optimizer", () => {
  it("traces each rule that changed the plan, with the plan before and after", () => {
    const { result, trace } = run(analyzed(QUERY));
    expect(trace.map((entry) => entry.rule)).toContain("PushDownFilter");
    trace.forEach((entry, i) => {
      expect(entry.after).not.toBe(entry.before);
      expect(trace[i + 1]?.before ?? result).toBe(entry.after);
    });
  });

  it("leaves an optimized plan alone", () => {
    const { result } = run(analyzed(QUERY));
    expect(run(result).trace.map((entry) => entry.rule)).toEqual([]);
  });

  it("comes to rest long before its last iteration", () => {
    expect(run(analyzed(QUERY)).trace.length).toBeLessThan(30);
  });

  it("does not run excluded rules, but for mandatory ones", () => {
    const { trace } = run(analyzed(QUERY), ["PushDownFilter", "ReplaceDistinct"]);
    const rules = trace.map((entry) => entry.rule);
    expect(rules).not.toContain("PushDownFilter");
    expect(rules).toContain("ReplaceDistinct");
  });

  it("gives the same columns with all rules but the mandatory ones off", () => {
    const all = BATCHES.flatMap((batch) => batch.rules.map((rule) => rule.name));
    const { result } = run(analyzed(QUERY), all);
    expect(planOutput(result)).toEqual(planOutput(analyzed(QUERY)));
  });

  describe("with a rule that is wrong", () => {
    const wrong = (name: string, apply: Rule["apply"], mandatory = false): Rule => ({
      name,
      example: { before: "", after: "" },
      mandatory,
      apply,
    });
    const losesColumns = wrong("LosesColumns", (plan) => project(plan));
    const fails = wrong("Fails", () => {
      throw new TypeError("nothing here");
    });
    const loosens = wrong(
      "Loosens",
      (plan) => ({ ...plan, child: plan, kind: "project", expressions: nullable(plan) }) as never,
      true,
    );
    const nullable = (plan: LogicalPlan) =>
      planOutput(plan).map((a): Attribute => ({ ...a, nullable: true }));
    const runWith = (rules: readonly Rule[], strict: boolean) => {
      const skipped: SkippedRule[] = [];
      const plan = analyzed("select 1 as a from t");
      const result = optimize(plan, {
        settings: { excludedRules: [], strict },
        evaluateConstant: (e) => evaluateConstant(e, { ansi: true, timeZone: "UTC" }),
        onSkipped: (rule) => skipped.push(rule),
        batches: [{ name: "Test", strategy: "once", rules }],
      });
      return { plan, result, skipped };
    };

    it("fails in tests", () => {
      expect(() => runWith([losesColumns], true)).toThrow("LosesColumns broke the plan");
      expect(() => runWith([fails], true)).toThrow("nothing here");
    });

    it("uses the plan before it in a release, and reports each such rule once", () => {
      const { plan, result, skipped } = runWith([losesColumns, fails], false);
      expect(result).toBe(plan);
      expect(skipped.map(({ rule }) => rule)).toEqual(["LosesColumns", "Fails"]);
      expect(skipped[0]?.reason).toContain("1 output columns became 0");
      expect(skipped[1]?.reason).toBe("nothing here");
    });

    it("fails as the user's own error does, strict or not", () => {
      const users = wrong("Evaluates", () => {
        throw new DataError({ condition: "DIVIDE_BY_ZERO", message: "x", sqlState: "22012" });
      });
      expect(() => runWith([users], false)).toThrow(DataError);
    });

    it("keeps what a mandatory rule made where only a column may be null that could not", () => {
      const { plan, result, skipped } = runWith([loosens], false);
      expect(skipped.map(({ rule }) => rule)).toEqual(["Loosens"]);
      expect(result).not.toBe(plan);
    });
  });

  it("gives each rule a name of its own", () => {
    const rules = new Map(
      BATCHES.flatMap((b) => b.rules.map((rule) => [rule.name, rule] as const)),
    );
    expect(new Set(rules.values()).size).toBe(rules.size);
  });

  it("computes an alias below the projection only for what a filter leaves, both filters beside the scan", () => {
    const text = printed(
      optimized(
        "select s, avg(d) from (select s, d, a / 12 years from t) where years > 2 and s = 'x' group by s",
        TABLES,
      ),
    );
    expect(text).toBe(
      [
        "Aggregate [s], [s, avg(d) AS avg(d)]",
        "+- Project [s, d]",
        "   +- Relation [a,s,d], filters: [(s = x), ((cast(a as double) / 12.0) > 2.0)]",
      ].join("\n"),
    );
  });
});

describe("excluded rules", () => {
  it("are a list of names, with or without Spark's package", () => {
    expect(
      parseExcludedRules(
        " PushDownFilter, org.apache.spark.sql.catalyst.optimizer.ConstantFolding ,",
      ),
    ).toEqual(["PushDownFilter", "ConstantFolding"]);
  });
});

describe("the check after each rule", () => {
  const k = attribute(1, "k");
  const v = attribute(2, "v");
  const t = relation("t", [k, v]);
  const broken = (after: LogicalPlan) => () => checkRule("Broken", project(t, k), after);

  it("fails where a column is lost, renamed or another one", () => {
    expect(broken(project(t))).toThrow(
      "The optimizer rule Broken broke the plan: 1 output columns became 0",
    );
    expect(broken(project(t, { ...k, name: "other" }))).toThrow(
      "output column k#1 bigint not null became other#1",
    );
    expect(broken(project(t, v))).toThrow("became v#2");
  });

  it("fails where a column may be null that could not be", () => {
    expect(broken(project(t, { ...k, nullable: true }))).toThrow("became k#1 bigint");
  });

  it("fails where a column is read that is not there", () => {
    expect(broken(project(relation("t", [v]), k))).toThrow("k#1 is not in the input");
  });

  it("passes where nothing changed, or a column can no longer be null", () => {
    expect(broken(project(t, k))).not.toThrow();
    const nullable = project(t, { ...k, nullable: true });
    expect(() => checkRule("Fine", nullable, project(t, k))).not.toThrow();
  });
});
