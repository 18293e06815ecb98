import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { FOR_PEOPLE, type LocalStack, untilHealthy } from "./local-stack.ts";

const START_LIMIT_MS = 120_000;

/** True if a docker with `compose` answers here. */
export function hasDocker(): boolean {
  try {
    const quiet = { stdio: "ignore", timeout: 10_000 } as const;
    execFileSync("docker", ["info"], quiet);
    execFileSync("docker", ["compose", "version"], quiet);
    return true;
  } catch {
    return false;
  }
}

/** Starts the container of compose.yaml, in a project for each port. */
export async function startInDocker(stack: LocalStack): Promise<void> {
  compose(stack, ["up", "--detach"]);
  await untilHealthy(stack, START_LIMIT_MS);
}

/** Removes the container with all it kept. */
export function stopInDocker(stack: LocalStack): void {
  compose(stack, ["down", "--volumes"]);
}

function compose({ port }: LocalStack, args: readonly string[]): void {
  const file = join(import.meta.dirname, "compose.yaml");
  execFileSync("docker", ["compose", "--project-name", `tindra-${port}`, "--file", file, ...args], {
    env: { ...process.env, TINDRA_LOCALSTACK_PORT: String(port) },
    stdio: FOR_PEOPLE,
  });
}
