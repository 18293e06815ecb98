import { execFile, execFileSync } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { chosenPort, localStack } from "../../../localstack/local-stack.ts";
import { shellLines } from "../../../localstack/shell-lines.ts";

const DOWN = resolve(import.meta.dirname, "../../../localstack/down.ts");

function down(env: Record<string, string>): Promise<{ status: unknown; told: string }> {
  const { promise, resolve: end } = Promise.withResolvers<{ status: unknown; told: string }>();
  // Without a PATH there is no docker.
  execFile(process.execPath, [DOWN], { env: { PATH: "", ...env } }, (error, _, told) =>
    end({ status: error?.code ?? 0, told }),
  );
  return promise;
}

describe("the commands for LocalStack", () => {
  it("make a shell use it, whatever profile and token it had", () => {
    const script = `${shellLines(localStack(4599))} echo "$AWS_ENDPOINT_URL $AWS_REGION" "\${AWS_PROFILE-no profile}" "\${AWS_SESSION_TOKEN-no token}"`;
    const env = { AWS_PROFILE: "work", AWS_SESSION_TOKEN: "token" };
    expect(execFileSync("/bin/sh", ["-c", script], { env, encoding: "utf8" })).toBe(
      "http://127.0.0.1:4599 us-east-1 no profile no token\n",
    );
  });

  it("may be told another port, and refuse what is none", () => {
    for (const [text, port] of [
      ["", 4566],
      ["4600", 4600],
    ] as const) {
      vi.stubEnv("TINDRA_LOCALSTACK_PORT", text);
      expect(chosenPort()).toBe(port);
    }
    vi.stubEnv("TINDRA_LOCALSTACK_PORT", "http");
    expect(chosenPort).toThrow('TINDRA_LOCALSTACK_PORT is the number of a port, not "http"');
    vi.unstubAllEnvs();
  });

  it("stop nothing that they have not started", async () => {
    const other = createServer((_, response) => response.end("{}"));
    await new Promise<void>((listening) => other.listen(0, "127.0.0.1", listening));
    const { port } = other.address() as AddressInfo;
    const env = { TINDRA_LOCALSTACK_PORT: String(port) };
    expect(await down(env)).toEqual({
      status: 1,
      told: `What answers at http://127.0.0.1:${port} was not started by localstack:up here\n`,
    });
    other.closeAllConnections();
    await new Promise((closed) => other.close(closed));
    expect(await down(env)).toEqual({ status: 0, told: "LocalStack is down\n" });
    expect(await down({ ...env, AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` })).toMatchObject({
      told: expect.stringContaining("This shell still uses it"),
    });
  });
});
