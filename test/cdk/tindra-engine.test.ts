import { Duration, RemovalPolicy, type Stack } from "aws-cdk-lib";
import { Match, Template } from "aws-cdk-lib/assertions";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { Architecture } from "aws-cdk-lib/aws-lambda";
import { RetentionDays } from "aws-cdk-lib/aws-logs";
import { Bucket, BucketEncryption } from "aws-cdk-lib/aws-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyBundles, statementsOf, synthesize } from "./engine-template.ts";

let bundles: ReturnType<typeof emptyBundles>;
let stack: Stack;
let template: Template;
beforeAll(() => {
  bundles = emptyBundles();
  stack = synthesize(bundles.folder).stack;
  template = Template.fromStack(stack);
});
afterAll(() => bundles.remove());

const functionNamed = (name: string) => ({ FunctionName: `tindra-tindra-${name}` });

describe("the template of an engine", () => {
  it("is as it was", async () => {
    const text = JSON.stringify(template.toJSON(), null, 2);
    await expect(`${text}\n`).toMatchFileSnapshot("./tindra-engine.template.json");
  });

  it("has neither custom resources nor a network", () => {
    const types = Object.values(template.toJSON()["Resources"]).map((resource) =>
      String(Object(resource).Type),
    );
    expect([...new Set(types)].sort()).toEqual([
      "AWS::IAM::Policy",
      "AWS::IAM::Role",
      "AWS::Lambda::Alias",
      "AWS::Lambda::EventInvokeConfig",
      "AWS::Lambda::Function",
      "AWS::Lambda::Version",
      "AWS::Logs::LogGroup",
      "AWS::S3::Bucket",
      "AWS::S3::BucketPolicy",
      "AWS::SSM::Parameter",
    ]);
    template.allResourcesProperties("AWS::Lambda::Function", { VpcConfig: Match.absent() });
  });

  it("runs both functions on Node 24 and arm64", () => {
    template.allResourcesProperties("AWS::Lambda::Function", {
      Runtime: "nodejs24.x",
      Architectures: ["arm64"],
      Handler: "index.handler",
    });
    template.resourceCountIs("AWS::Lambda::Function", 2);
  });

  it("retries no asynchronous invocation, of either function and of the alias", () => {
    template.resourceCountIs("AWS::Lambda::EventInvokeConfig", 3);
    template.allResourcesProperties("AWS::Lambda::EventInvokeConfig", { MaximumRetryAttempts: 0 });
  });

  it("lets the coordinator alone invoke itself again and again", () => {
    template.hasResourceProperties("AWS::Lambda::Function", {
      ...functionNamed("coordinator"),
      RecursiveLoop: "Allow",
      Timeout: 900,
    });
    template.hasResourceProperties("AWS::Lambda::Function", {
      ...functionNamed("executor"),
      RecursiveLoop: Match.absent(),
      ReservedConcurrentExecutions: Match.absent(),
      Timeout: 300,
    });
  });

  it("tells the functions where everything is", () => {
    const shared = {
      TINDRA_ENGINE: "tindra",
      TINDRA_EXCHANGE_BUCKET: { Ref: Match.stringLikeRegexp("^TindraExchange") },
      TINDRA_DATA_BUCKETS: '["data/sales/"]',
      TINDRA_MEMORY_MB: "1769",
      TINDRA_ARCHITECTURE: "arm64",
    };
    template.hasResourceProperties("AWS::Lambda::Function", {
      ...functionNamed("executor"),
      Environment: { Variables: { ...shared, TINDRA_EXECUTOR: Match.absent() } },
    });
    template.hasResourceProperties("AWS::Lambda::Function", {
      ...functionNamed("coordinator"),
      Environment: {
        Variables: {
          ...shared,
          TINDRA_EXECUTOR: { Ref: Match.stringLikeRegexp("^TindraExecutorAlias") },
          TINDRA_CONCURRENCY: "100",
        },
      },
    });
  });

  it("keeps the logs of both functions for a week, in groups that go with the stack", () => {
    for (const name of ["coordinator", "executor"]) {
      template.hasResource("AWS::Logs::LogGroup", {
        Properties: { LogGroupName: `/aws/lambda/tindra-tindra-${name}`, RetentionInDays: 7 },
        DeletionPolicy: "Delete",
      });
    }
  });

  it("names the engine's parts in one parameter", () => {
    const [parameter] = Object.values(template.findResources("AWS::SSM::Parameter"));
    expect(parameter?.["Properties"].Name).toBe("/tindra/engines/tindra");
    const parts: unknown[] = parameter?.["Properties"].Value["Fn::Join"][1];
    const text = parts.map((part) => (typeof part === "string" ? part : "?")).join("");
    expect(JSON.parse(text)).toEqual({
      coordinator: "?",
      executor: "?",
      exchangeBucket: "?",
      dataBuckets: ["data/sales/"],
      region: "?",
      memoryMb: 1769,
      architecture: "arm64",
      concurrency: 100,
    });
  });
});

describe("the exchange bucket", () => {
  it("is private, encrypted, its owner's alone, and forgets within a day", () => {
    template.hasResourceProperties("AWS::S3::Bucket", {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } },
        ],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
      LifecycleConfiguration: {
        Rules: [
          {
            Status: "Enabled",
            ExpirationInDays: 1,
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
            Prefix: Match.absent(),
          },
        ],
      },
    });
  });

  it("refuses requests without TLS", () => {
    template.hasResourceProperties("AWS::S3::BucketPolicy", {
      PolicyDocument: {
        Statement: [
          {
            Effect: "Deny",
            Principal: { AWS: "*" },
            Action: "s3:*",
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      },
    });
  });
});

describe("the roles", () => {
  it("allow no action and no resource by a star alone", () => {
    for (const role of ["Executor", "Coordinator"] as const) {
      for (const { effect, actions, resources } of statementsOf(stack, role)) {
        expect(effect).toBe("Allow");
        expect(actions.filter((action) => action.includes("*"))).toEqual([]);
        expect(resources).not.toContain("*");
      }
    }
    template.allResourcesProperties("AWS::IAM::Role", { ManagedPolicyArns: Match.absent() });
  });

  it("let executors read data, pass rows on, and do nothing else", () => {
    const actions = statementsOf(stack, "Executor").flatMap((statement) => statement.actions);
    expect([...new Set(actions)].sort()).toEqual([
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "s3:AbortMultipartUpload",
      "s3:GetObject",
      "s3:PutObject",
    ]);
  });

  it("let the coordinator invoke the executor's alias and itself", () => {
    const invokes = statementsOf(stack, "Coordinator").filter(({ actions }) =>
      actions.includes("lambda:InvokeFunction"),
    );
    expect(invokes.map(({ resources }) => resources)).toEqual([
      [
        { Ref: expect.stringMatching(/^TindraExecutorAlias/) },
        { "Fn::Join": ["", expect.arrayContaining([":function:tindra-tindra-coordinator"])] },
      ],
    ]);
  });

  it("reach no more of a data bucket than the folder that was given", () => {
    const ofData = ["Executor", "Coordinator"].flatMap((role) =>
      statementsOf(stack, role === "Executor" ? "Executor" : "Coordinator")
        .filter(({ resources }) => JSON.stringify(resources).includes("arn:aws:s3:::data"))
        .map(({ actions, resources, condition }) => ({ role, actions, resources, condition })),
    );
    const read = { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::data/sales/*"] };
    expect(ofData).toEqual([
      { role: "Executor", ...read, condition: undefined },
      { role: "Coordinator", ...read, condition: undefined },
      {
        role: "Coordinator",
        actions: ["s3:ListBucket"],
        resources: ["arn:aws:s3:::data"],
        condition: { StringLike: { "s3:prefix": "sales/*" } },
      },
    ]);
  });

  it("decrypt data by the keys that were given", () => {
    const kmsKeyArn = "arn:aws:kms:us-east-1:111122223333:key/sales";
    const { stack: encrypted } = synthesize(bundles.folder, (within) => ({
      dataBuckets: [
        { bucketArn: "arn:aws:s3:::data", kmsKeyArn },
        new Bucket(within, "Own", {
          encryption: BucketEncryption.KMS,
          encryptionKey: new Key(within, "Key"),
        }),
      ],
    }));
    for (const role of ["Executor", "Coordinator"] as const) {
      const ofKeys = statementsOf(encrypted, role).filter(({ actions }) =>
        actions.some((action) => action.startsWith("kms:")),
      );
      const decrypt = { effect: "Allow", actions: ["kms:Decrypt"], condition: undefined };
      const own = { "Fn::GetAtt": [expect.stringMatching(/^Key/), "Arn"] };
      expect(ofKeys).toEqual([
        { ...decrypt, sid: "DecryptData", resources: [kmsKeyArn] },
        { ...decrypt, sid: undefined, resources: [own] },
      ]);
    }
  });

  it("let whom grantQuery names start queries and fetch results", () => {
    const { stack: granted, engine } = synthesize(bundles.folder);
    const analyst = new Role(granted, "Analyst", {
      assumedBy: new ServicePrincipal("ec2.amazonaws.com"),
    });
    engine.grantQuery(analyst).assertSuccess();
    const policies = Template.fromStack(granted).findResources("AWS::IAM::Policy");
    const policy = Object.entries(policies).find(([id]) => id.startsWith("Analyst"))?.[1];
    const statements: { Action: string }[] = policy?.["Properties"].PolicyDocument.Statement;
    expect(statements.map(({ Action }) => Action)).toEqual([
      "lambda:InvokeFunction",
      "ssm:GetParameter",
      "s3:GetObject",
    ]);
    expect(JSON.stringify(statements)).toContain("/result/*");
  });
});

describe("the properties of an engine", () => {
  it("change what they name", () => {
    const { stack: sized } = synthesize(bundles.folder, {
      engineName: "big",
      memorySize: 3538,
      coordinatorMemorySize: 1024,
      reservedConcurrency: 20,
      timeouts: { executor: Duration.minutes(1), coordinator: Duration.minutes(10) },
      architecture: Architecture.X86_64,
      logRetention: RetentionDays.ONE_DAY,
      removalPolicy: RemovalPolicy.RETAIN,
      exchangeLifetime: Duration.days(2),
    });
    const changed = Template.fromStack(sized);
    changed.hasResourceProperties("AWS::Lambda::Function", {
      FunctionName: "tindra-big-executor",
      MemorySize: 3538,
      ReservedConcurrentExecutions: 20,
      Timeout: 60,
      Architectures: ["x86_64"],
      Environment: { Variables: { TINDRA_MEMORY_MB: "3538" } },
    });
    changed.hasResourceProperties("AWS::Lambda::Function", {
      FunctionName: "tindra-big-coordinator",
      MemorySize: 1024,
      Timeout: 600,
      Environment: { Variables: { TINDRA_MEMORY_MB: "3538", TINDRA_CONCURRENCY: "20" } },
    });
    changed.allResources("AWS::Logs::LogGroup", {
      Properties: { RetentionInDays: 1 },
      DeletionPolicy: "Retain",
    });
    changed.hasResource("AWS::S3::Bucket", {
      Properties: { LifecycleConfiguration: { Rules: [{ ExpirationInDays: 2 }] } },
      DeletionPolicy: "Retain",
    });
    changed.hasResourceProperties("AWS::SSM::Parameter", { Name: "/tindra/engines/big" });
  });

  it("are refused where they name no bundles", () => {
    expect(() => synthesize("/nowhere")).toThrow("There is no bundle of the executor in /nowhere");
  });
});
