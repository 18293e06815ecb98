import { existsSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const ROOT = resolve(import.meta.dirname, "..");

/** All that programs print goes to the standard error: the standard output of `up` is for a shell to run. */
export const FOR_PEOPLE: ["ignore", number, number] = ["ignore", 2, 2];

/** Where a LocalStack listens and keeps what it needs; several may run beside each other. */
export interface LocalStack {
  readonly port: number;
  readonly endpoint: string;
  /** Its state, log and the number of its process; deleted when it stops. */
  readonly runFolder: string;
}

/** The LocalStack of a port, running or not. */
export function localStack(port: number): LocalStack {
  const runFolder = join(ROOT, `.tindra/localstack/run-${port}`);
  return { port, endpoint: `http://127.0.0.1:${port}`, runFolder };
}

/** The port that `npm run localstack:up` and `down` use: 4566, or what TINDRA_LOCALSTACK_PORT says. */
export function chosenPort(): number {
  const text = process.env["TINDRA_LOCALSTACK_PORT"] || "4566";
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new TypeError(`TINDRA_LOCALSTACK_PORT is the number of a port, not "${text}"`);
}

/** What clients and cdk need in their environment to reach it. Its account is that of the key `test`. */
export function clientVariables({ endpoint }: LocalStack): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: "us-east-1",
    CDK_DISABLE_CLI_TELEMETRY: "true",
  };
}

/** What of AWS's own would go before those. */
export const IN_THE_WAY = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN"];

/** True if it answers. */
export async function isHealthy({ endpoint }: LocalStack): Promise<boolean> {
  try {
    const answer = await fetch(`${endpoint}/_localstack/health`, {
      signal: AbortSignal.timeout(2000),
    });
    return answer.ok;
  } catch {
    return false;
  }
}

/** Resolves when it answers; rejects after `limitMs`, or when `ended` says that its process is gone. */
export async function untilHealthy(
  stack: LocalStack,
  limitMs: number,
  ended: () => boolean = () => false,
): Promise<void> {
  for (const end = Date.now() + limitMs; !(await isHealthy(stack)); await sleep(200)) {
    if (ended() || Date.now() > end) {
      const log = join(stack.runFolder, "log.txt");
      const tail = existsSync(log) ? readFileSync(log, "utf8").slice(-2000) : "";
      throw new Error(`LocalStack does not answer at ${stack.endpoint}\n${tail}`);
    }
  }
}

/** Forgets all it kept. */
export function removeRunFolder({ runFolder }: LocalStack): void {
  rmSync(runFolder, { recursive: true, force: true, maxRetries: 5 });
}
