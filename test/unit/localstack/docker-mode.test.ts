import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { hasDocker, startInDocker, stopInDocker } from "../../../localstack/docker-mode.ts";
import { localStack } from "../../../localstack/local-stack.ts";

const FOLDER = resolve(import.meta.dirname, "../../../localstack");

describe("LocalStack in docker", () => {
  let folder: string;
  let health: Server;
  let port: number;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "tindra-docker-"));
    const docker = join(folder, "docker");
    const calls = join(folder, "calls.txt");
    const line = `#!/bin/sh\necho "port $TINDRA_LOCALSTACK_PORT: $*" >> ${calls}\n`;
    writeFileSync(docker, line);
    chmodSync(docker, 0o755);
    vi.stubEnv("PATH", `${folder}${delimiter}${process.env["PATH"]}`);
    health = createServer((_, response) => response.end("{}"));
    await new Promise<void>((listening) => health.listen(0, "127.0.0.1", listening));
    port = (health.address() as AddressInfo).port;
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    health.close();
    rmSync(folder, { recursive: true });
  });

  it("is a project for each port, so that it neither replaces nor removes another one", async () => {
    expect(hasDocker()).toBe(true);
    const stack = localStack(port);
    await startInDocker(stack);
    stopInDocker(stack);
    const project = `compose --project-name tindra-${port} --file ${join(FOLDER, "compose.yaml")}`;
    expect(readFileSync(join(folder, "calls.txt"), "utf8").trim().split("\n").slice(-2)).toEqual([
      `port ${port}: ${project} up --detach`,
      `port ${port}: ${project} down --volumes`,
    ]);
    expect(readFileSync(join(FOLDER, "compose.yaml"), "utf8")).not.toContain("container_name");
  });

  it("is the version that is installed where there is no docker", () => {
    const compose = readFileSync(join(FOLDER, "compose.yaml"), "utf8");
    const install = readFileSync(join(FOLDER, "host-install.ts"), "utf8");
    const version = /image: localstack\/localstack:([\d.]+)\n/.exec(compose)?.[1];
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(install).toContain(`"localstack-core[base-runtime]==${version}"`);
  });
});
