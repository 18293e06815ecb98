import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { findPython } from "../../../localstack/find-python.ts";
import { stopOnHost } from "../../../localstack/host-mode.ts";
import { type LocalStack, localStack } from "../../../localstack/local-stack.ts";

describe("LocalStack without docker", () => {
  let folder = "";
  let child: ChildProcess | null = null;
  afterEach(() => {
    child?.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });

  /** One that seems to have been started as a process with those arguments. */
  async function startedAs(...args: string[]): Promise<LocalStack> {
    folder = mkdtempSync(join(tmpdir(), "tindra-host-"));
    const runFolder = join(folder, "run");
    mkdirSync(runFolder);
    child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", ...args]);
    await once(child, "spawn");
    writeFileSync(join(runFolder, "pid.txt"), String(child.pid));
    return { ...localStack(4566), runFolder };
  }

  it("is ended, and what it kept deleted", async () => {
    const stack = await startedAs("localstack.runtime.main");
    expect(await stopOnHost(stack)).toBe(true);
    expect(child?.signalCode).toBe("SIGTERM");
    expect(existsSync(stack.runFolder)).toBe(false);
    expect(await stopOnHost(stack)).toBe(false);
  });

  it("does not take another process along that has got its number", async () => {
    const stack = await startedAs("something-else");
    expect(await stopOnHost(stack)).toBe(true);
    expect(child?.signalCode ?? child?.exitCode).toBe(null);
    expect(existsSync(stack.runFolder)).toBe(false);
  });

  it("has a folder of its own for each port", () => {
    expect(localStack(4566).runFolder).not.toBe(localStack(4567).runFolder);
  });

  it("says what is missing where there is no Python 3.13", () => {
    folder = mkdtempSync(join(tmpdir(), "tindra-host-"));
    expect(() => findPython({ PATH: folder, HOME: folder, PYTHON: "/bin/false" })).toThrow(
      "LocalStack needs docker with its compose, or else Python 3.13: start docker, put python3.13 on PATH, or name it in PYTHON",
    );
  });
});
