import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const ROOT = new URL("../../../", import.meta.url).pathname;
const CHECK = `${ROOT}src/cli/require-node.cjs`;

/** Runs the check as if Node were of another version. */
function checkedOn(version: string, program: string): { status: number | null; stderr: string } {
  const pretend = `
    Object.defineProperty(process, "versions", { value: { node: ${JSON.stringify(version)} } });
    process.argv[1] = ${JSON.stringify(program)};
    require(${JSON.stringify(CHECK)});`;
  const { status, stderr } = spawnSync(process.execPath, ["-e", pretend], { encoding: "utf8" });
  return { status, stderr };
}

it.each(["16.20.2", "18.0.0", "20.20.2", "22.14.9"])(
  "Node %s is refused with what is needed and what is there",
  (version) => {
    const { status, stderr } = checkedOn(version, "/x/dist/cli/main.js");
    expect(status).toBe(1);
    expect(stderr).toContain(`Node 22.15 or later is needed, this is Node ${version}`);
  },
);

it.each(["22.15.0", "22.20.1", "23.0.0", "24.21.0"])("Node %s runs the package", (version) => {
  expect(checkedOn(version, "/x/dist/cli/main.js")).toEqual({ status: 0, stderr: "" });
});

it("a checkout needs a Node that runs TypeScript", () => {
  expect(checkedOn("22.17.0", "/x/src/cli/main.ts").stderr).toContain("Node 22.18 or later");
  expect(checkedOn("22.18.0", "/x/src/cli/main.ts").status).toBe(0);
});

it("the scripts that people start first check the version before all else", () => {
  const { scripts } = JSON.parse(readFileSync(`${ROOT}package.json`, "utf8"));
  for (const name of ["tindra", "demo"])
    expect(scripts[name]).toMatch(/^node -r \.\/src\/cli\/require-node\.cjs /);
});

it("the check is written in syntax that old versions of Node parse", () => {
  const code = readFileSync(CHECK, "utf8");
  expect(code).not.toMatch(/\b(const|let|import|class|async)\b|=>|`|\?\.|\?\?/);
});
