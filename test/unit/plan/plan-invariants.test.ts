import { describe, expect, it } from "vitest";
import { INT, LONG, STRING } from "../../../src/columnar/data-type.ts";
import type { LogicalPlan } from "../../../src/plan/logical-plan.ts";
import { checkPlan } from "../../../src/plan/plan-invariants.ts";
import { queryOf } from "../../support/analysis.ts";
import { alias, attribute, call, join, project, relation } from "../../support/plans.ts";

const a = attribute(1, "a");
const s = attribute(2, "s", STRING);
const t = relation("t", [a, s]);
const setOperation = (children: LogicalPlan[], type = LONG): LogicalPlan => ({
  kind: "setOperation",
  operation: "union",
  all: true,
  children,
  output: [attribute(9, "a", type)],
});

/** Plans that break an invariant, and what the error says. */
const BROKEN: readonly (readonly [string, LogicalPlan, string])[] = [
  ["an unresolved plan", queryOf("select 1 from t"), "unresolvedRelation is left"],
  [
    "an unresolved name",
    project(t, alias(3, "x", { kind: "unresolvedAttribute", nameParts: ["a"], position: null })),
    "unresolvedAttribute is left in Project",
  ],
  ["a column from nowhere", project(t, attribute(7, "q")), "q#7 is not in the input of Project"],
  ["a column of another type", project(t, attribute(1, "a", INT)), "a#1 is bigint below, but int"],
  ["a select item without a name", project(t, call("+", LONG, a, a)), "A call without a name"],
  ["two columns of one id", project(t, a, alias(1, "x", s)), "Two columns have one id"],
  ["a join of one relation with itself", join(t, t), "Two columns have one id in Join Inner"],
  [
    "USING",
    { ...join(t, relation("u", [attribute(5, "a")])), using: ["a"] } as LogicalPlan,
    "USING is left",
  ],
  [
    "a limit that is no literal",
    { kind: "limit", count: call("+", LONG), child: t },
    "The count of a limit",
  ],
  ["a union of other widths", setOperation([t]), "A child of union has 2 columns, not 1"],
  [
    "a union of other types",
    setOperation([project(t, a)], STRING),
    "of a child of union has another type",
  ],
];

describe("checkPlan", () => {
  it("passes a sound plan", () => {
    checkPlan(project(t, a, alias(3, "x", call("+", LONG, a, a))));
    checkPlan(setOperation([project(t, a)]));
  });

  for (const [what, plan, message] of BROKEN)
    it(`refuses ${what}`, () => {
      expect(() => checkPlan(plan)).toThrow(message);
    });
});
