import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const FOLDER = resolve(import.meta.dirname, "../.tindra/localstack");
const VENV = join(FOLDER, "venv");
const STAMP = join(VENV, "installed-from.txt");
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
  const python = join(VENV, "bin/python");
  const wanted = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === wanted) return python;
  rmSync(VENV, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  run(findPython(), ["-m", "venv", VENV]);
  const quiet = ["--quiet", "--disable-pip-version-check"];
  run(python, ["-m", "pip", "install", ...quiet, "-c", CONSTRAINTS, ...PACKAGES, EXECUTOR]);
  writeFileSync(STAMP, wanted);
  return python;
}

function run(command: string, args: readonly string[]): void {
  execFileSync(command, args, { stdio: ["ignore", "inherit", "inherit"] });
}

function fingerprint(): string {
  const hash = createHash("sha256");
  const sources = globSync("**/*.{py,mjs,toml}", { cwd: EXECUTOR }).sort();
  for (const file of [CONSTRAINTS, ...sources.map((name) => join(EXECUTOR, name))]) {
    hash.update(readFileSync(file));
  }
  return hash.digest("hex");
}

/** A pyenv shim is there even where it cannot run: so each is tried. LocalStack 4.14 imports on 3.13 only. */
function findPython(): string {
  const named = process.env["PYTHON"];
  const pyenv = process.env["PYENV_ROOT"] ?? join(process.env["HOME"] ?? "/", ".pyenv");
  const candidates = [
    ...(named === undefined ? [] : [named]),
    "python3.13",
    "python3",
    ...globSync(join(pyenv, "versions/3.13.*/bin/python3.13")),
  ];
  const found = candidates.find(isPython313);
  if (found === undefined) {
    throw new Error(
      "LocalStack without docker needs Python 3.13: put python3.13 on PATH, or name it in PYTHON",
    );
  }
  return found;
}

function isPython313(command: string): boolean {
  try {
    const program = "import sys, venv; print(sys.version_info[:2] == (3, 13))";
    const said = execFileSync(command, ["-c", program], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return said.trim() === "True";
  } catch {
    return false;
  }
}
