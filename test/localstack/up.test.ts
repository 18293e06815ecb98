import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { chosenPort, localStack } from "../../localstack/local-stack.ts";
import { shellLines } from "../../localstack/shell-lines.ts";

const UP = resolve(import.meta.dirname, "../../localstack/up.ts");

describe("a LocalStack that is up", () => {
  it("is prepared and told of again, however often it is asked for", async () => {
    const stack = localStack(chosenPort());
    for (let times = 0; times < 2; times++) {
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [UP]);
      expect(stdout).toBe(shellLines(stack));
      expect(stderr).toContain(`LocalStack runs already at ${stack.endpoint}\n`);
      expect(stderr).toContain("Ready.");
    }
  });
});
