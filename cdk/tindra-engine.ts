import { CfnOutput, Duration, RemovalPolicy, Stack, Tokenization } from "aws-cdk-lib";
import { Grant, type IGrantable } from "aws-cdk-lib/aws-iam";
import * as lambda from "aws-cdk-lib/aws-lambda";
import { RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import { StringParameter } from "aws-cdk-lib/aws-ssm";
import { Construct } from "constructs";
import { bucketAndFolder, type DataBucket } from "./data-bucket.ts";
import { EngineFunction } from "./engine-function.ts";
import { engineName } from "./engine-name.ts";
import {
  allowControl,
  allowDataLists,
  allowDataReads,
  allowExchange,
  allowInvokes,
} from "./engine-roles.ts";
import { engineSizes } from "./engine-sizes.ts";
import { type EngineTimeouts, engineTimeouts } from "./engine-timeouts.ts";
import { exchangeBucket } from "./exchange-bucket.ts";

/** What an engine may read, and how large it is. */
export interface TindraEngineProps {
  /** Buckets or folders that queries may read; nothing else in S3 can be reached by a query. */
  readonly dataBuckets: readonly DataBucket[];
  /** What clients call the engine, one for each account and region. Default: `tindra`. */
  readonly engineName?: string;
  /** MB of an executor, 128 to 10240; 1769 MB come with one whole CPU, which is what a task can use. Default: 1769. */
  readonly memorySize?: number;
  /** MB of the coordinator. Default: 1769. */
  readonly coordinatorMemorySize?: number;
  /** Executors that the account keeps for this engine, and its most at once. Default: none kept, 100 at once. */
  readonly reservedConcurrency?: number;
  /** Default: 15 minutes for the coordinator, which hands over to a fresh one before they end, and 5 for an executor. */
  readonly timeouts?: Partial<EngineTimeouts>;
  /** True if this account pays for requests to data buckets that want the requester to pay. Default: false, and such buckets refuse. */
  readonly requesterPays?: boolean;
  /** Default: arm64, which costs a fifth less. */
  readonly architecture?: lambda.Architecture;
  /** How long the functions' logs are kept. Default: one week. */
  readonly logRetention?: RetentionDays;
  /** What becomes of exchange bucket and logs when the stack goes. Default: destroy; S3 refuses for a bucket that is not empty. */
  readonly removalPolicy?: RemovalPolicy;
  /** Whole days after which S3 removes what a query left behind, results included. Default: one. */
  readonly exchangeLifetime?: Duration;
  /** A folder with `coordinator/index.mjs` and `executor/index.mjs`. Default: the bundles of this package. */
  readonly bundleFolder?: string;
}

/** An engine that runs queries in one region: coordinator, executors, the bucket between them, and the name clients find it by. */
export class TindraEngine extends Construct {
  readonly engineName: string;
  readonly coordinator: lambda.Function;
  readonly executor: lambda.Function;
  /** The alias by which the coordinator invokes the executor: a deployment changes no task that runs. */
  readonly executorAlias: lambda.Alias;
  readonly exchangeBucket: Bucket;
  /** What `Session.aws` and `--engine` read: a JSON object of the names in this engine. */
  readonly parameter: StringParameter;

  constructor(scope: Construct, id: string, props: TindraEngineProps) {
    super(scope, id);
    if (props.dataBuckets.length === 0) {
      throw new TypeError("An engine needs at least one data bucket: queries read nothing else");
    }
    const removalPolicy = props.removalPolicy ?? RemovalPolicy.DESTROY;
    const { memorySize, coordinatorMemorySize, concurrency } = engineSizes(props);
    const timeouts = engineTimeouts(props.timeouts);
    const dataFolders = props.dataBuckets.map(bucketAndFolder);
    this.engineName = engineName(props.engineName ?? "tindra");
    this.exchangeBucket = exchangeBucket(
      this,
      props.exchangeLifetime ?? Duration.days(1),
      removalPolicy,
    );

    const shared = {
      engineName: this.engineName,
      bundleFolder: props.bundleFolder,
      architecture: props.architecture ?? lambda.Architecture.ARM_64,
      logRetention: props.logRetention ?? RetentionDays.ONE_WEEK,
      removalPolicy,
    };
    const environment = {
      TINDRA_ENGINE: this.engineName,
      TINDRA_EXCHANGE_BUCKET: this.exchangeBucket.bucketName,
      TINDRA_DATA_BUCKETS: Stack.of(this).toJsonString(dataFolders),
      TINDRA_MEMORY_MB: Tokenization.stringifyNumber(memorySize),
      TINDRA_ARCHITECTURE: shared.architecture.name,
      ...(props.requesterPays === true && { TINDRA_S3_REQUESTER_PAYS: "true" }),
    };
    const executor = new EngineFunction(this, "Executor", {
      ...shared,
      name: "executor",
      memorySize,
      timeout: timeouts.executor,
      reservedConcurrency: props.reservedConcurrency,
      environment,
    });
    this.executor = executor.lambda;
    this.executorAlias = new lambda.Alias(this, "ExecutorAlias", {
      aliasName: "live",
      // Its optional members may be undefined, which the interface does not say.
      version: this.executor.currentVersion as lambda.IVersion,
      retryAttempts: 0,
    });
    const coordinator = new EngineFunction(this, "Coordinator", {
      ...shared,
      name: "coordinator",
      memorySize: coordinatorMemorySize,
      timeout: timeouts.coordinator,
      // Else Lambda ends a chain of functions that invoke themselves after 16 links: a query of four hours.
      recursiveLoop: lambda.RecursiveLoop.ALLOW,
      environment: {
        ...environment,
        TINDRA_EXECUTOR: this.executorAlias.functionArn,
        TINDRA_CONCURRENCY: Tokenization.stringifyNumber(concurrency),
      },
    });
    this.coordinator = coordinator.lambda;

    allowDataReads(executor.role, props.dataBuckets);
    allowDataReads(coordinator.role, props.dataBuckets);
    allowDataLists(coordinator.role, props.dataBuckets);
    allowExchange(executor.role, this.exchangeBucket);
    allowControl(coordinator.role, this.exchangeBucket);
    allowInvokes(coordinator.role, this.executorAlias, `tindra-${this.engineName}-coordinator`);

    const facts = {
      coordinator: this.coordinator.functionName,
      executor: this.executorAlias.functionArn,
      exchangeBucket: this.exchangeBucket.bucketName,
      dataBuckets: dataFolders,
      region: Stack.of(this).region,
      memoryMb: memorySize,
      architecture: shared.architecture.name,
      concurrency,
    };
    this.parameter = new StringParameter(this, "Parameter", {
      parameterName: `/tindra/engines/${this.engineName}`,
      description: "Where the clients of a Tindra engine find it",
      stringValue: Stack.of(this).toJsonString(facts),
    });
    new CfnOutput(this, "Engine", { value: this.engineName });
    new CfnOutput(this, "CoordinatorName", { value: facts.coordinator });
    new CfnOutput(this, "ExecutorArn", { value: facts.executor });
    new CfnOutput(this, "ExchangeBucketName", { value: facts.exchangeBucket });
    new CfnOutput(this, "ParameterName", { value: `/tindra/engines/${this.engineName}` });
  }

  /** Lets a user, role or service run queries on this engine and fetch their results. It needs no access to the data. */
  grantQuery(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: ["lambda:InvokeFunction"],
      resourceArns: [this.coordinator.functionArn],
    })
      .combine(
        Grant.addToPrincipal({
          grantee,
          actions: ["ssm:GetParameter"],
          resourceArns: [this.parameter.parameterArn],
        }),
      )
      .combine(
        Grant.addToPrincipal({
          grantee,
          actions: ["s3:GetObject"],
          resourceArns: [this.exchangeBucket.arnForObjects("result/*")],
        }),
      );
  }
}
