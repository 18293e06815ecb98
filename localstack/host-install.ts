import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { findPython } from "./find-python.ts";
import { FOR_PEOPLE } from "./local-stack.ts";

const FOLDER = resolve(import.meta.dirname, "../.tindra/localstack");
/** Written last: an installation without it was broken off. */
const STAMP = "installed.txt";
const CONSTRAINTS = join(import.meta.dirname, "constraints.txt");
const EXECUTOR = join(import.meta.dirname, "executor");
const PACKAGES = [
  "localstack-core[base-runtime]==4.14.0",
  "moto-ext",
  "aws-sam-translator",
  "jsonpath-ng",
  "crontab",
];

/** The Python that has LocalStack 4.14 and our executor; installed from PyPI where it is not yet, in half a minute and 224 MB. */
export function installedPython(): string {
  const venv = `venv-${fingerprint()}`;
  const python = join(FOLDER, venv, "bin/python");
  if (existsSync(join(FOLDER, venv, STAMP))) return python;
  const found = findPython(process.env);
  removeUnused(venv);
  mkdirSync(FOLDER, { recursive: true });
  run(found, ["-m", "venv", join(FOLDER, venv)]);
  const quiet = ["--quiet", "--disable-pip-version-check"];
  run(python, ["-m", "pip", "install", ...quiet, "-c", CONSTRAINTS, ...PACKAGES, EXECUTOR]);
  writeFileSync(join(FOLDER, venv, STAMP), "");
  return python;
}

/** One that was broken off; and those of other versions, unless a LocalStack runs, which may be of one of them. */
function removeUnused(broken: string): void {
  const runs = globSync("run-*", { cwd: FOLDER }).length > 0;
  for (const name of runs ? [broken] : globSync("venv*", { cwd: FOLDER }))
    rmSync(join(FOLDER, name), { recursive: true, force: true });
}

function run(command: string, args: readonly string[]): void {
  execFileSync(command, args, { stdio: FOR_PEOPLE });
}

function fingerprint(): string {
  const hash = createHash("sha256");
  const sources = globSync("**/*.{py,mjs,toml}", { cwd: EXECUTOR }).sort();
  for (const file of [CONSTRAINTS, ...sources.map((name) => join(EXECUTOR, name))]) {
    hash.update(readFileSync(file));
  }
  return hash.digest("hex").slice(0, 12);
}
