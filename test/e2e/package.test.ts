import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { publint } from "publint";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");
const CUSTOMERS = join(ROOT, "examples/telco-churn/data");
const PROGRAM = `
import { functions as F, type Row, Session } from "tindra";

await using session = Session.local({ workers: 1, memory: "256m" });
const customers = session.read.parquet(process.argv[2] ?? "");
const rows: Row[] = await customers
  .filter(F.col("tenure").gt(24))
  .groupBy("internet_service")
  .agg(F.count("*").as("n"))
  .filter(F.col("internet_service").isin("DSL", "Cable"))
  .orderBy(F.col("n").desc())
  .collect();
process.stdout.write(JSON.stringify(rows));
`;
const CDK_APP = `
import { readdirSync } from "node:fs";
import { App, Stack } from "aws-cdk-lib";
import { TindraEngine } from "tindra/cdk";

const stack = new Stack(new App(), "Stack");
new TindraEngine(stack, "Tindra", { dataBuckets: [{ bucketArn: "arn:aws:s3:::data" }] });
const assembly = stack.node.root.synth();
const assets = readdirSync(assembly.directory).filter((name) => name.startsWith("asset."));
process.stdout.write(JSON.stringify(assets.map((name) => readdirSync(assembly.directory + "/" + name))));
`;
const TSCONFIG = {
  compilerOptions: {
    target: "es2024",
    lib: ["es2024", "esnext.disposable"],
    module: "nodenext",
    types: ["node"],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
  },
  include: ["program.ts"],
};

let folder = "";
const run = (command: string, args: readonly string[], cwd = folder): string =>
  execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

describe("the package, installed into an empty folder", () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "tindra-package-test-"));
    run("npm", ["run", "build"], ROOT);
    const packed = join(folder, "packed");
    mkdirSync(packed);
    run("npm", ["pack", "--ignore-scripts", "--pack-destination", packed], ROOT);
    const [tarball = ""] = readdirSync(packed);
    writeFileSync(join(folder, "package.json"), '{"name":"empty","private":true,"type":"module"}');
    const quiet = ["--no-audit", "--no-fund", "--prefer-offline"];
    run("npm", ["install", ...quiet, join(packed, tarball)]);
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("is tidy by publint", async () => {
    expect((await publint({ pkgDir: ROOT, strict: true })).messages).toEqual([]);
  });

  it("holds no syntax that Node 22 does not read", () => {
    const files = readdirSync(join(ROOT, "dist"), { recursive: true, encoding: "utf8" });
    const programs = files.filter((file) => file.endsWith(".js") && !file.startsWith("functions"));
    expect(programs.length).toBeGreaterThan(5);
    for (const file of programs)
      expect(readFileSync(join(ROOT, "dist", file), "utf8")).not.toMatch(/\busing \w+ =/);
  });

  it("runs a query by npx", () => {
    const sql = "SELECT count(*) AS n FROM c";
    const args = ["tindra", "sql", "--format", "csv", "--table", `c=${CUSTOMERS}`, sql];
    expect(run("npx", args)).toBe("n\r\n8000\r\n");
    expect(run("npx", ["tindra", "--version"])).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it("checks the version of Node before it loads anything else", () => {
    const main = readFileSync(join(ROOT, "dist/cli/main.js"), "utf8");
    expect(main.split("\n").slice(1, 3)).toEqual([
      'import "./require-node.cjs";',
      'import("./program.js");',
    ]);
  });

  it("type-checks and runs a program that imports it", () => {
    writeFileSync(join(folder, "program.ts"), PROGRAM);
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(TSCONFIG));
    expect(run(join(ROOT, "node_modules/.bin/tsc"), ["-p", folder])).toBe("");
    expect(JSON.parse(run(process.execPath, ["program.ts", CUSTOMERS]))).toEqual([
      { internet_service: "DSL", n: 892 },
      { internet_service: "Cable", n: 847 },
    ]);
  });

  it("does not compile where it is used wrongly", () => {
    writeFileSync(join(folder, "program.ts"), PROGRAM.replace(".gt(24)", ".gt(undefined)"));
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(TSCONFIG));
    expect(() => run(join(ROOT, "node_modules/.bin/tsc"), ["-p", folder])).toThrow();
  });

  it("has the construct of an engine for a CDK app, with the functions' code", () => {
    for (const peer of ["aws-cdk-lib", "constructs"])
      symlinkSync(join(ROOT, "node_modules", peer), join(folder, "node_modules", peer));
    writeFileSync(join(folder, "app.mjs"), CDK_APP);
    const code: string[] = JSON.parse(run(process.execPath, ["app.mjs"]));
    expect(code).toHaveLength(2);
    for (const files of code) expect(files).toContain("index.mjs");
  });
});
