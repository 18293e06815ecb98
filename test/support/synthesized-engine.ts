import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { App, Stack } from "aws-cdk-lib";
import { TindraEngine, type TindraEngineProps } from "../../cdk/tindra-engine.ts";
import { functionArn, type LambdaFunction } from "../emulator/lambda/lambda-function.ts";

/** What cdk would deploy, as the emulators run it. */
export interface SynthesizedEngine {
  readonly template: EngineTemplate;
  /** Coordinator and executor, with the code of the assets. */
  readonly functions: readonly LambdaFunction[];
  readonly exchangeBucket: string;
  /** The value of the parameter that clients look the engine up by. */
  readonly parameter: { readonly name: string; readonly value: string };
  remove(): void;
}

export interface EngineTemplate {
  readonly Resources: { readonly [id: string]: TemplateResource };
}

export interface TemplateResource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is as deep as CloudFormation
  readonly Properties: any;
}

const ROOT = resolve(import.meta.dirname, "../..");
const STACK = "Engine";
const PSEUDO: { readonly [name: string]: string } = {
  "AWS::Region": "us-east-1",
  "AWS::AccountId": "000000000000",
  "AWS::Partition": "aws",
};

/** Bundles the functions, synthesizes an engine into a folder of its own, and reads from there what would be deployed. */
export function synthesizeEngine(
  props: Omit<TindraEngineProps, "bundleFolder">,
  more: (engine: TindraEngine) => void = () => undefined,
): SynthesizedEngine {
  const folder = mkdtempSync(join(tmpdir(), "tindra-synth-"));
  const bundleFolder = join(folder, "functions");
  execFileSync(process.execPath, [join(ROOT, "scripts/bundle-functions.ts"), bundleFolder]);
  const out = join(folder, "cdk.out");
  const app = new App({ outdir: out });
  more(new TindraEngine(new Stack(app, STACK), "Tindra", { ...props, bundleFolder }));
  app.synth();
  const template: EngineTemplate = json(join(out, `${STACK}.template.json`));
  const resources = Object.entries(template.Resources);
  const ofType = (type: string) => resources.filter(([, resource]) => resource.Type === type);
  const assets: Assets = json(join(out, `${STACK}.assets.json`));
  const resolved = (value: unknown): string => resolvedText(template, value);
  const [bucket] = ofType("AWS::S3::Bucket");
  const [parameter] = ofType("AWS::SSM::Parameter");
  return {
    template,
    functions: ofType("AWS::Lambda::Function").map(([, { Properties: of }]) => ({
      name: of.FunctionName,
      handler: of.Handler,
      code: join(out, assets.files[of.Code.S3Key.replace(".zip", "")]?.source.path ?? ""),
      memoryMb: of.MemorySize,
      timeoutSeconds: of.Timeout,
      environment: Object.fromEntries(
        Object.entries(of.Environment.Variables).map(([name, value]) => [name, resolved(value)]),
      ),
      reservedConcurrency: of.ReservedConcurrentExecutions ?? null,
    })),
    exchangeBucket: resolved({ Ref: bucket?.[0] }),
    parameter: {
      name: parameter?.[1].Properties.Name,
      value: resolved(parameter?.[1].Properties.Value),
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

interface Assets {
  readonly files: { readonly [hash: string]: { readonly source: { readonly path: string } } };
}

function json<T>(file: string): T {
  return JSON.parse(readFileSync(file, "utf8"));
}

/** What CloudFormation would put in the place of a reference: names made up where AWS makes them up. */
export function resolvedText(template: EngineTemplate, value: unknown): string {
  if (typeof value === "string") return value;
  const { Ref, "Fn::GetAtt": attribute, "Fn::Join": join } = Object(value);
  if (join !== undefined)
    return join[1].map((part: unknown) => resolvedText(template, part)).join(join[0]);
  if (attribute !== undefined) return arnOf(template, attribute[0]);
  if (Ref === undefined) throw new TypeError(`No value of ${JSON.stringify(value)} is known`);
  const type = template.Resources[Ref]?.Type;
  if (type === undefined) return PSEUDO[Ref] ?? Ref;
  return type === "AWS::Lambda::Alias" ? arnOf(template, Ref) : nameOf(template, Ref);
}

function nameOf(template: EngineTemplate, id: string): string {
  const { FunctionName, Name } = template.Resources[id]?.Properties ?? {};
  const name = FunctionName ?? Name;
  return typeof name === "string" ? name : `${STACK}-${id}`.toLowerCase().slice(0, 60);
}

function arnOf(template: EngineTemplate, id: string): string {
  const of = template.Resources[id];
  if (of?.Type === "AWS::S3::Bucket") return `arn:aws:s3:::${nameOf(template, id)}`;
  if (of?.Type === "AWS::Lambda::Function") return functionArn(nameOf(template, id));
  if (of?.Type === "AWS::Lambda::Alias")
    return `${functionArn(resolvedText(template, of.Properties.FunctionName))}:${of.Properties.Name}`;
  if (of?.Type === "AWS::Logs::LogGroup")
    return `arn:aws:logs:us-east-1:000000000000:log-group:${of.Properties.LogGroupName}:*`;
  return `arn:aws:other:::${id}`;
}
