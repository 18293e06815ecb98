import type { Duration, RemovalPolicy } from "aws-cdk-lib";
import type { Role } from "aws-cdk-lib/aws-iam";
import * as lambda from "aws-cdk-lib/aws-lambda";
import { LogGroup, type RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { functionRole } from "./engine-roles.ts";
import { type FunctionName, functionBundle } from "./function-bundle.ts";

interface EngineFunctionProps {
  readonly engineName: string;
  readonly name: FunctionName;
  readonly bundleFolder: string | undefined;
  readonly architecture: lambda.Architecture;
  readonly memorySize: number;
  readonly timeout: Duration;
  readonly environment: Record<string, string>;
  readonly logRetention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
  readonly reservedConcurrency?: number | undefined;
  readonly recursiveLoop?: lambda.RecursiveLoop;
}

/** One of the two functions with its own role and log group. Its name is fixed, so that policies can name it before it exists. */
export class EngineFunction extends Construct {
  readonly lambda: lambda.Function;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: EngineFunctionProps) {
    super(scope, id);
    const functionName = `tindra-${props.engineName}-${props.name}`;
    const logGroup = new LogGroup(this, "Log", {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: props.logRetention,
      removalPolicy: props.removalPolicy,
    });
    this.role = functionRole(this, "Role", logGroup);
    this.lambda = new lambda.Function(this, "Function", {
      functionName,
      description: `The ${props.name} of the Tindra engine ${props.engineName}`,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: props.architecture,
      handler: "index.handler",
      code: lambda.Code.fromAsset(functionBundle(props.name, props.bundleFolder)),
      role: this.role,
      logGroup,
      memorySize: props.memorySize,
      timeout: props.timeout,
      environment: props.environment,
      retryAttempts: 0,
      ...(props.reservedConcurrency !== undefined && {
        reservedConcurrentExecutions: props.reservedConcurrency,
      }),
      ...(props.recursiveLoop !== undefined && { recursiveLoop: props.recursiveLoop }),
    });
  }
}
