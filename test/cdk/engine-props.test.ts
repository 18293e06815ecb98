import { Aws, CfnParameter, Duration, Fn, type Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DataBucketByArn } from "../../cdk/data-bucket.ts";
import type { TindraEngineProps } from "../../cdk/tindra-engine.ts";
import { emptyBundles, statementsOf, synthesize } from "./engine-template.ts";

let bundles: ReturnType<typeof emptyBundles>;
beforeAll(() => {
  bundles = emptyBundles();
});
afterAll(() => bundles.remove());

const reading = (data: Partial<DataBucketByArn>): Partial<TindraEngineProps> => ({
  dataBuckets: [{ bucketArn: "arn:aws:s3:::data", ...data }],
});
const variablesOf = (stack: Stack, name: string): Record<string, unknown> => {
  const functions = Template.fromStack(stack).findResources("AWS::Lambda::Function", {
    Properties: { FunctionName: `tindra-tindra-${name}` },
  });
  return Object.values(functions)[0]?.["Properties"].Environment.Variables;
};

const REFUSED: readonly (readonly [string, Partial<TindraEngineProps>])[] = [
  ["memorySize is a whole number of MB, 128 to 10240, not 64", { memorySize: 64 }],
  ["memorySize is a whole number of MB, 128 to 10240, not 20000", { memorySize: 20_000 }],
  ["memorySize is a whole number of MB, 128 to 10240, not 1769.5", { memorySize: 1769.5 }],
  ["memorySize is a whole number of MB, 128 to 10240, not NaN", { memorySize: Number.NaN }],
  [
    "coordinatorMemorySize is a whole number of MB, 128 to 10240, not 127",
    { coordinatorMemorySize: 127 },
  ],
  [
    "reservedConcurrency is a whole number of executors, 1 or more, not 0",
    { reservedConcurrency: 0 },
  ],
  [
    "reservedConcurrency is a whole number of executors, 1 or more, not -1",
    { reservedConcurrency: -1 },
  ],
  [
    "reservedConcurrency is a whole number of executors, 1 or more, not 2.5",
    { reservedConcurrency: 2.5 },
  ],
  [
    "timeouts.executor is a whole number of seconds up to 15 minutes, not 16 minutes",
    { timeouts: { executor: Duration.minutes(16) } },
  ],
  [
    "timeouts.executor is a whole number of seconds up to 15 minutes, not 0 minutes",
    { timeouts: { executor: Duration.minutes(0) } },
  ],
  [
    "timeouts.executor is a whole number of seconds up to 15 minutes, not 1 second 500 millis",
    { timeouts: { executor: Duration.millis(1500) } },
  ],
  [
    "timeouts.coordinator is a whole number of seconds up to 15 minutes, not 1 hour",
    { timeouts: { coordinator: Duration.hours(1) } },
  ],
  [
    "timeouts.executor, 5 minutes, must not be longer than timeouts.coordinator, 4 minutes",
    { timeouts: { coordinator: Duration.minutes(4) } },
  ],
  [
    "timeouts.executor, 3 minutes, must not be longer than timeouts.coordinator, 2 minutes",
    { timeouts: { executor: Duration.minutes(3), coordinator: Duration.minutes(2) } },
  ],
  [
    "exchangeLifetime is one or more whole days, as S3 counts them, not 12 hours",
    { exchangeLifetime: Duration.hours(12) },
  ],
  [
    "exchangeLifetime is one or more whole days, as S3 counts them, not 1 day 12 hours",
    { exchangeLifetime: Duration.hours(36) },
  ],
  [
    "exchangeLifetime is one or more whole days, as S3 counts them, not 0 days",
    { exchangeLifetime: Duration.days(0) },
  ],
  [
    'The data bucket "arn:aws:s3:::*" is not the ARN of one bucket, such as arn:aws:s3:::my-bucket',
    reading({ bucketArn: "arn:aws:s3:::*" }),
  ],
  [
    'The data bucket "arn:aws:s3:::sales-?" is not the ARN of one bucket',
    reading({ bucketArn: "arn:aws:s3:::sales-?" }),
  ],
  [
    ':s3:::*" is not the ARN of one bucket, such as arn:aws:s3:::my-bucket',
    reading({ bucketArn: `arn:${Aws.PARTITION}:s3:::*` }),
  ],
  [
    'The data bucket "arn:aws:s3:::data/sales" is more than a bucket\'s ARN; for a folder say { bucketArn: "arn:aws:s3:::data", prefix: "sales" }',
    reading({ bucketArn: "arn:aws:s3:::data/sales" }),
  ],
  ['The data bucket "data" is not the ARN of one bucket', reading({ bucketArn: "data" })],
  ['The data bucket "*" is not the ARN of one bucket', reading({ bucketArn: "*" })],
  [
    'The prefix "sales*" of arn:aws:s3:::data is no plain folder name',
    reading({ prefix: "sales*" }),
  ],
  [
    'The kmsKeyArn "*" of arn:aws:s3:::data is not the ARN of one key, such as arn:aws:kms:',
    reading({ kmsKeyArn: "*" }),
  ],
  [
    'alias/sales" of arn:aws:s3:::data is not the ARN of one key',
    reading({ kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:alias/sales" }),
  ],
  ["An engine needs at least one data bucket", { dataBuckets: [] }],
  ['not "Big Engine"', { engineName: "Big Engine" }],
];

describe("the properties of an engine", () => {
  it.each(REFUSED)("are refused: %s", (message, props) => {
    const synthesizing = () => synthesize(bundles.folder, props);
    expect(synthesizing).toThrow(TypeError);
    expect(synthesizing).toThrow(message);
  });

  it.each<Partial<TindraEngineProps>>([
    { memorySize: 128, coordinatorMemorySize: 10_240, reservedConcurrency: 1 },
    { timeouts: { executor: Duration.minutes(15) } },
    { timeouts: { executor: Duration.seconds(1), coordinator: Duration.seconds(1) } },
    { exchangeLifetime: Duration.hours(24) },
    reading({ bucketArn: "arn:aws-us-gov:s3:::data.of-2026_old", prefix: "/sales/2026/" }),
    reading({ kmsKeyArn: "arn:aws-cn:kms:cn-north-1:111122223333:key/mrk-0f" }),
  ])("may be %j", (props) => {
    expect(() => synthesize(bundles.folder, props)).not.toThrow();
  });

  it("may be known only when they are deployed", () => {
    const number = (within: Stack, id: string) =>
      new CfnParameter(within, id, { type: "Number" }).valueAsNumber;
    const { stack } = synthesize(bundles.folder, (within) => ({
      dataBuckets: [
        { bucketArn: new CfnParameter(within, "Arn").valueAsString },
        {
          bucketArn: `arn:${Aws.PARTITION}:s3:::data`,
          prefix: new CfnParameter(within, "Folder").valueAsString,
          kmsKeyArn: Fn.importValue("the-key"),
        },
      ],
      memorySize: number(within, "Memory"),
      coordinatorMemorySize: number(within, "CoordinatorMemory"),
      reservedConcurrency: number(within, "Executors"),
      timeouts: { executor: Duration.seconds(number(within, "Seconds")) },
    }));
    expect(variablesOf(stack, "coordinator")).toMatchObject({
      TINDRA_MEMORY_MB: { Ref: "Memory" },
      TINDRA_CONCURRENCY: { Ref: "Executors" },
      TINDRA_DATA_BUCKETS: {
        "Fn::Join": [
          "",
          [
            '["',
            { "Fn::Select": [5, { "Fn::Split": [":", { Ref: "Arn" }] }] },
            '","data/',
            { Ref: "Folder" },
            '/"]',
          ],
        ],
      },
    });
    Template.fromStack(stack).hasResourceProperties("AWS::Lambda::Function", {
      MemorySize: { Ref: "CoordinatorMemory" },
      Timeout: 900,
    });
    Template.fromStack(stack).hasResourceProperties("AWS::Lambda::Function", {
      MemorySize: { Ref: "Memory" },
      Timeout: { Ref: "Seconds" },
      ReservedConcurrentExecutions: { Ref: "Executors" },
    });
    const decrypts = statementsOf(stack, "Executor").filter(({ sid }) => sid === "DecryptData");
    expect(decrypts.map(({ resources }) => resources)).toEqual([
      [{ "Fn::ImportValue": "the-key" }],
    ]);
  });

  it("let both functions pay for requests only where that is said", () => {
    const paying = (requesterPays?: boolean) => {
      const { stack } = synthesize(
        bundles.folder,
        requesterPays === undefined ? {} : { requesterPays },
      );
      return ["coordinator", "executor"].map(
        (name) => variablesOf(stack, name)["TINDRA_S3_REQUESTER_PAYS"],
      );
    };
    expect(paying()).toEqual([undefined, undefined]);
    expect(paying(false)).toEqual([undefined, undefined]);
    expect(paying(true)).toEqual(["true", "true"]);
  });
});
