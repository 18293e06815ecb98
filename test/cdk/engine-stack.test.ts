import { App, type Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { AwsSolutionsChecks } from "cdk-nag";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { engineStack } from "../../cdk/engine-stack.ts";
import { emptyBundles, statementsOf } from "./engine-template.ts";

let bundles: ReturnType<typeof emptyBundles>;
beforeAll(() => {
  bundles = emptyBundles();
});
afterAll(() => bundles.remove());

function stackOf(context: Record<string, unknown>): { readonly app: App; readonly stack: Stack } {
  const app = new App({ context });
  return { app, stack: engineStack(app, bundles.folder) };
}

describe("the stack of the app", () => {
  it("reads what its context names, in the partition that it is deployed to", () => {
    const { app, stack } = stackOf({ dataBuckets: "data/sales/2026, logs" });
    expect(stack.stackName).toBe("Tindra-tindra");
    Template.fromStack(stack).allResourcesProperties("AWS::Lambda::Function", {
      Environment: { Variables: { TINDRA_DATA_BUCKETS: '["data/sales/2026/","logs"]' } },
    });
    const within = (place: string) => ({
      "Fn::Join": ["", ["arn:", { Ref: "AWS::Partition" }, `:s3:::${place}`]],
    });
    const reads = statementsOf(stack, "Executor").find(({ sid }) => sid === "ReadData");
    expect(reads?.resources).toEqual([within("data/sales/2026/*"), within("logs/*")]);
    expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toContain("arn:aws:");
    expect(new AwsSolutionsChecks(app).validateScope(stack).violations).toEqual([]);
  });

  it("is as large as its context says", () => {
    const { stack } = stackOf({
      engine: "big",
      dataBuckets: "data",
      memorySize: "3538",
      coordinatorMemorySize: 1024,
      reservedConcurrency: "20",
      architecture: "x86_64",
      requesterPays: "true",
    });
    expect(stack.stackName).toBe("Tindra-big");
    const template = Template.fromStack(stack);
    template.hasResourceProperties("AWS::Lambda::Function", {
      FunctionName: "tindra-big-executor",
      MemorySize: 3538,
      ReservedConcurrentExecutions: 20,
      Architectures: ["x86_64"],
      Environment: { Variables: { TINDRA_S3_REQUESTER_PAYS: "true" } },
    });
    template.hasResourceProperties("AWS::Lambda::Function", {
      FunctionName: "tindra-big-coordinator",
      MemorySize: 1024,
    });
  });

  it.each([
    [{}, "Say what queries may read: --context dataBuckets=my-bucket"],
    [{ dataBuckets: " , " }, "Say what queries may read"],
    [{ dataBuckets: "*" }, ':s3:::*" is not the ARN of one bucket'],
    [{ dataBuckets: "data", memorySize: "large" }, 'memorySize is a whole number, not "large"'],
    [{ dataBuckets: "data", memorySize: "64" }, "128 to 10240, not 64"],
    [{ dataBuckets: "data", architecture: "arm" }, 'architecture is arm64 or x86_64, not "arm"'],
    [{ dataBuckets: "data", requesterPays: "yes" }, 'requesterPays is true or false, not "yes"'],
  ])("is refused of a context %j: %s", (context, message) => {
    expect(() => stackOf(context)).toThrow(message);
  });
});
