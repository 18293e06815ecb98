import { ResourcesError } from "../../common/errors.ts";
import type { Architecture } from "../cost/price-table.ts";

/** What the environment of both functions says of their engine. */
export interface EngineEnvironment {
  readonly engine: string;
  readonly exchangeBucket: string;
  /** `bucket` or `bucket/prefix`. */
  readonly dataBuckets: readonly string[];
  /** Of an executor. */
  readonly memoryMb: number;
  /** That the engine is billed for, whatever runs it here. */
  readonly architecture: Architecture;
  readonly region: string;
  readonly endpoint: string | null;
}

type Environment = { readonly [name: string]: string | undefined };

/** Reads the functions' environment. Throws `ENGINE_MISCONFIGURED`. */
export function engineEnvironment(env: Environment): EngineEnvironment {
  return {
    engine: required(env, "TINDRA_ENGINE"),
    exchangeBucket: required(env, "TINDRA_EXCHANGE_BUCKET"),
    dataBuckets: bucketsOf(required(env, "TINDRA_DATA_BUCKETS")),
    memoryMb: positive(env, "TINDRA_MEMORY_MB"),
    architecture: architectureOf(required(env, "TINDRA_ARCHITECTURE")),
    region: required(env, "AWS_REGION"),
    endpoint: env["AWS_ENDPOINT_URL_LAMBDA"] || env["AWS_ENDPOINT_URL"] || null,
  };
}

/** What one task may use of an executor's memory: the rest is Node's. */
export const taskMemoryBytes = (memoryMb: number): number =>
  Math.min(Math.floor(memoryMb * 0.7) * 2 ** 20, 4 * 2 ** 30 - 65536);

export function required(env: Environment, name: string): string {
  const value = env[name];
  if (value) return value;
  throw misconfigured(name, "is not set");
}

export function positive(env: Environment, name: string): number {
  const value = Number(required(env, name));
  if (Number.isInteger(value) && value > 0) return value;
  throw misconfigured(name, "must be a whole number above 0");
}

function architectureOf(name: string): Architecture {
  if (name === "arm64" || name === "x86_64") return name;
  throw misconfigured("TINDRA_ARCHITECTURE", "must be arm64 or x86_64");
}

function bucketsOf(text: string): readonly string[] {
  try {
    const buckets: unknown = JSON.parse(text);
    if (Array.isArray(buckets) && buckets.every((bucket) => typeof bucket === "string"))
      return buckets;
  } catch {
    // said below
  }
  throw misconfigured("TINDRA_DATA_BUCKETS", "must be a JSON list of buckets");
}

const misconfigured = (name: string, problem: string): ResourcesError =>
  new ResourcesError({
    condition: "ENGINE_MISCONFIGURED",
    message: `The function's environment variable ${name} ${problem}; deploy the engine again`,
    sqlState: "F0000",
    details: { name },
  });
