import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { installedPython } from "./host-install.ts";
import { type LocalStack, removeRunFolder, untilHealthy } from "./local-stack.ts";

const PROGRAM = "localstack.runtime.main";
const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 10_000;

/** Starts LocalStack as a process of this machine that stays when this one ends; in the place of one that does not answer. */
export async function startOnHost(stack: LocalStack): Promise<void> {
  const python = installedPython();
  await stopOnHost(stack);
  removeRunFolder(stack);
  mkdirSync(join(stack.runFolder, "tmp"), { recursive: true });
  const log = openSync(join(stack.runFolder, "log.txt"), "a");
  const child = spawn(python, ["-m", PROGRAM], {
    cwd: stack.runFolder,
    env: { ...withoutAws(process.env), ...variables(stack) },
    stdio: ["ignore", log, log],
    detached: true,
  });
  writeFileSync(pidFile(stack), String(child.pid));
  child.unref();
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  try {
    await untilHealthy(stack, START_LIMIT_MS, hasEnded);
  } catch (thrown) {
    await stopOnHost(stack);
    throw thrown;
  }
}

/** Ends it and deletes what it kept; false where none was started. It may hang on its way out, so it is killed in the end. */
export async function stopOnHost(stack: LocalStack): Promise<boolean> {
  const file = pidFile(stack);
  if (!existsSync(file)) return false;
  const pid = Number(readFileSync(file, "utf8"));
  if (isLocalStack(pid)) await end(pid);
  removeRunFolder(stack);
  return true;
}

async function end(pid: number): Promise<void> {
  const deadline = Date.now() + STOP_LIMIT_MS;
  signal(pid, "SIGTERM");
  while (signal(pid, 0) && Date.now() < deadline) await sleep(100);
  if (signal(pid, "SIGKILL")) await sleep(100);
}

/** After a crash or a restart of the machine the number may be another process's. */
function isLocalStack(pid: number): boolean {
  try {
    const command = existsSync("/proc/self/cmdline")
      ? readFileSync(`/proc/${pid}/cmdline`, "utf8")
      : execFileSync("ps", ["-o", "args=", "-p", `${pid}`], { encoding: "utf8" });
    return command.includes(PROGRAM);
  } catch {
    return false;
  }
}

const pidFile = ({ runFolder }: LocalStack): string => join(runFolder, "pid.txt");

function variables({ port, runFolder }: LocalStack): Record<string, string> {
  return {
    // As an IPv4 address alone it would listen on every interface.
    GATEWAY_LISTEN: `[::ffff:127.0.0.1]:${port}`,
    // Within a container it takes itself for its own image, and writes to the system's folders.
    OVERRIDE_IN_DOCKER: "0",
    FILESYSTEM_ROOT: runFolder,
    TMPDIR: join(runFolder, "tmp"),
    XDG_CACHE_HOME: join(runFolder, "cache"),
    LAMBDA_RUNTIME_EXECUTOR: "node-process",
    TINDRA_LOCALSTACK_NODE: process.execPath,
    // Many cold starts at once wait for each other on few cores.
    LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT: "60",
    DNS_ADDRESS: "0",
    SKIP_SSL_CERT_DOWNLOAD: "1",
    DISABLE_EVENTS: "1",
  };
}

function withoutAws(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !name.startsWith("AWS_")),
  );
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
