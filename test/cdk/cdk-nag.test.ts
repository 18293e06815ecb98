import { Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyBundles, type SynthesizedEngine, synthesize } from "./engine-template.ts";

let bundles: ReturnType<typeof emptyBundles>;
let engine: SynthesizedEngine;
beforeAll(() => {
  bundles = emptyBundles();
  engine = synthesize(bundles.folder);
});
afterAll(() => bundles.remove());

interface Acknowledged {
  readonly id: string;
  readonly reason: string;
}

function acknowledged(): (Acknowledged & { readonly path: string })[] {
  return engine.stack.node.findAll().flatMap((construct) =>
    construct.node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries<string>(data))
      .map(([id, reason]) => ({ path: construct.node.path, id, reason })),
  );
}

describe("cdk-nag", () => {
  it("finds nothing in an engine that is not acknowledged", () => {
    const report = new AwsSolutionsChecks(engine.app).validateScope(engine.stack);
    expect(report.violations).toEqual([]);
  });

  it("is told of these exceptions, each with its reason", () => {
    const exceptions = acknowledged();
    const folders = ["control", "exchange", "result"];
    const stars = folders.map(
      (folder) => `IAM5[Resource::<TindraExchange27523564.Arn>/${folder}/*]`,
    );
    const star = "IAM5[Resource::arn:aws:s3:::data/sales/*]";
    expect([...new Set(exceptions.map(({ path, id }) => `${path} ${id}`))].sort()).toEqual(
      [
        "Sales/Tindra/Exchange Annotation::AwsSolutions-S1",
        ...["Coordinator", "Executor"].flatMap((name) =>
          [star, ...stars].map((id) => `Sales/Tindra/${name}/Role Annotation::AwsSolutions-${id}`),
        ),
      ].sort(),
    );
    for (const { reason } of exceptions) expect(reason.length).toBeGreaterThan(40);
  });
});
