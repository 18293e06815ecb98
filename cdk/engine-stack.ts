import { type App, type Environment, Stack } from "aws-cdk-lib";
import { Architecture } from "aws-cdk-lib/aws-lambda";
import type { DataBucketByArn } from "./data-bucket.ts";
import { TindraEngine, type TindraEngineProps } from "./tindra-engine.ts";

/**
 * One engine in a stack of its own. The app's context says `dataBuckets` (`bucket` or `bucket/folder`, with commas
 * between), and may say `engine` (its name), `memorySize`, `coordinatorMemorySize`, `reservedConcurrency`,
 * `architecture` (`arm64` or `x86_64`) and `requesterPays` (`true`).
 */
export function engineStack(app: App, bundleFolder?: string): Stack {
  const context: Context = (key) => {
    const value: unknown = app.node.tryGetContext(key);
    return value === undefined || value === null ? undefined : String(value);
  };
  const engineName = context("engine") ?? "tindra";
  const stack = new Stack(app, `Tindra-${engineName}`, {
    description: `The Tindra engine ${engineName}`,
    env: environment(),
  });
  new TindraEngine(stack, "Tindra", {
    engineName,
    dataBuckets: dataBuckets(context, stack.partition),
    ...sizes(context),
    ...architecture(context),
    requesterPays: requesterPays(context),
    ...(bundleFolder !== undefined && { bundleFolder }),
  });
  return stack;
}

type Context = (key: string) => string | undefined;

function dataBuckets(context: Context, partition: string): DataBucketByArn[] {
  const names = (context("dataBuckets") ?? "").split(",").map((name) => name.trim());
  const given = names.filter((name) => name !== "");
  if (given.length === 0) {
    throw new TypeError(
      "Say what queries may read: --context dataBuckets=my-bucket, or my-bucket/folder, with commas between",
    );
  }
  return given.map((name) => {
    const [bucket = "", ...folders] = name.split("/");
    return { bucketArn: `arn:${partition}:s3:::${bucket}`, prefix: folders.join("/") };
  });
}

function sizes(context: Context): Partial<TindraEngineProps> {
  const keys = ["memorySize", "coordinatorMemorySize", "reservedConcurrency"] as const;
  return Object.fromEntries(keys.flatMap((key) => sizeOf(key, context(key))));
}

function sizeOf(key: string, text: string | undefined): [string, number][] {
  if (text === undefined) return [];
  if (!/^\d+$/.test(text)) throw new TypeError(`${key} is a whole number, not "${text}"`);
  return [[key, Number(text)]];
}

function architecture(context: Context): Partial<TindraEngineProps> {
  const name = context("architecture");
  if (name === undefined) return {};
  const known = [Architecture.ARM_64, Architecture.X86_64].find((of) => of.name === name);
  if (known === undefined) throw new TypeError(`architecture is arm64 or x86_64, not "${name}"`);
  return { architecture: known };
}

function requesterPays(context: Context): boolean {
  const text = context("requesterPays") ?? "false";
  if (text !== "true" && text !== "false") {
    throw new TypeError(`requesterPays is true or false, not "${text}"`);
  }
  return text === "true";
}

function environment(): Environment {
  const region = process.env["CDK_DEFAULT_REGION"];
  const account = process.env["CDK_DEFAULT_ACCOUNT"];
  return { ...(region !== undefined && { region }), ...(account !== undefined && { account }) };
}
