import { describe, expect, it } from "vitest";
import { INT, LONG } from "../../../../src/columnar/data-type.ts";
import { tightenRelationNullability } from "../../../../src/optimizer/rule/tighten-relation-nullability.ts";
import type { RuleContext } from "../../../../src/optimizer/rule.ts";
import { planOutput } from "../../../../src/plan/plan-output.ts";
import { attribute, fileFacts, relation } from "../../../support/plans.ts";

const NO_CONTEXT = {} as RuleContext;
const k = attribute(1, "k", LONG, true);
const v = attribute(2, "v", INT, true);
const required = { ...k, nullable: false };

describe("TightenRelationNullability", () => {
  it("knows a column without nulls by the files that declare it as required", () => {
    const plan = relation(
      "t",
      [k, v],
      10,
      {},
      { files: [fileFacts("a", [required, v], [{ rows: 10 }])] },
    );
    const output = planOutput(tightenRelationNullability.apply(plan, NO_CONTEXT));
    expect(output.map((a) => a.nullable)).toEqual([false, true]);
  });

  it("leaves a column alone that one file may have nulls in, or that one file lacks", () => {
    const optional = relation(
      "t",
      [k],
      10,
      {},
      {
        files: [fileFacts("a", [required], [{ rows: 10 }]), fileFacts("b", [k], [{ rows: 10 }])],
      },
    );
    const lacking = relation(
      "t",
      [k],
      10,
      {},
      {
        files: [fileFacts("a", [required], [{ rows: 10 }]), fileFacts("b", [v], [{ rows: 10 }])],
      },
    );
    expect(tightenRelationNullability.apply(optional, NO_CONTEXT)).toBe(optional);
    expect(tightenRelationNullability.apply(lacking, NO_CONTEXT)).toBe(lacking);
  });
});
