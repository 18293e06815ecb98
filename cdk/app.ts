import { App, type Environment, Stack } from "aws-cdk-lib";
import { TindraEngine, type TindraEngineProps } from "./tindra-engine.ts";

/**
 * One engine in a stack of its own. Context: `dataBuckets` (`bucket` or `bucket/folder`, with commas between),
 * `engine` (its name), `memorySize`, `coordinatorMemorySize`, `reservedConcurrency`.
 */
const app = new App();
const engine = textOf("engine") ?? "tindra";
const stack = new Stack(app, `Tindra-${engine}`, {
  description: `The Tindra engine ${engine}`,
  env: environment(),
});
new TindraEngine(stack, "Tindra", {
  engineName: engine,
  dataBuckets: dataBuckets(),
  ...sizes(),
});

function textOf(key: string): string | undefined {
  const value: unknown = app.node.tryGetContext(key);
  return value === undefined || value === null ? undefined : String(value);
}

function dataBuckets(): { bucketArn: string; prefix: string }[] {
  const names =
    textOf("dataBuckets")
      ?.split(",")
      .filter((name) => name !== "") ?? [];
  if (names.length === 0) {
    throw new TypeError(
      "Say what queries may read: --context dataBuckets=my-bucket, or my-bucket/folder, with commas between",
    );
  }
  return names.map((name) => {
    const [bucket = "", ...folders] = name.trim().split("/");
    return { bucketArn: `arn:aws:s3:::${bucket}`, prefix: folders.join("/") };
  });
}

function sizes(): Partial<TindraEngineProps> {
  const keys = ["memorySize", "coordinatorMemorySize", "reservedConcurrency"] as const;
  return Object.fromEntries(keys.flatMap((key) => sizeOf(key)));
}

function sizeOf(key: string): [string, number][] {
  const text = textOf(key);
  if (text === undefined) return [];
  if (!/^[1-9]\d*$/.test(text)) throw new TypeError(`${key} is a whole number, not "${text}"`);
  return [[key, Number(text)]];
}

function environment(): Environment {
  const region = process.env["CDK_DEFAULT_REGION"];
  const account = process.env["CDK_DEFAULT_ACCOUNT"];
  return { ...(region !== undefined && { region }), ...(account !== undefined && { account }) };
}
