import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { TindraEngine, type TindraEngineProps } from "../../cdk/tindra-engine.ts";

/** An engine in a stack of an app of its own. */
export interface SynthesizedEngine {
  readonly app: App;
  readonly stack: Stack;
  readonly engine: TindraEngine;
}

/** Bundles with next to nothing in them: their content names the assets in the template. */
export function emptyBundles(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "tindra-cdk-test-"));
  for (const name of ["coordinator", "executor"]) {
    mkdirSync(join(folder, name));
    const code = `export const handler = () => Promise.resolve("${name}");\n`;
    writeFileSync(join(folder, name, "index.mjs"), code);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** An engine that reads the folder `sales` of the bucket `data`, unless `props` says otherwise. */
export function synthesize(
  bundleFolder: string,
  props: Partial<TindraEngineProps> | ((stack: Stack) => Partial<TindraEngineProps>) = {},
): SynthesizedEngine {
  const app = new App({ context: { "aws:cdk:disable-version-reporting": true } });
  const stack = new Stack(app, "Sales");
  const engine = new TindraEngine(stack, "Tindra", {
    dataBuckets: [{ bucketArn: "arn:aws:s3:::data", prefix: "sales" }],
    bundleFolder,
    ...(typeof props === "function" ? props(stack) : props),
  });
  return { app, stack, engine };
}

/** A statement of a policy, its actions and resources always lists. */
export interface Statement {
  readonly sid: string | undefined;
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly unknown[];
  readonly condition: unknown;
}

/** What the role of one function may do. */
export function statementsOf(stack: Stack, name: "Executor" | "Coordinator"): Statement[] {
  const policies = Template.fromStack(stack).findResources("AWS::IAM::Policy");
  return Object.entries(policies)
    .filter(([id]) => id.startsWith(`Tindra${name}`))
    .flatMap(([, policy]) => policy["Properties"].PolicyDocument.Statement)
    .map((statement) => ({
      sid: statement.Sid,
      effect: statement.Effect,
      actions: [statement.Action].flat(),
      resources: [statement.Resource].flat(),
      condition: statement.Condition,
    }));
}
