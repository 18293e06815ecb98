import { execFileSync } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";

/** A command that is Python 3.13, the only one that LocalStack 4.14 imports on. Each is tried: a pyenv shim is there even where it cannot run. */
export function findPython(env: NodeJS.ProcessEnv): string {
  const named = env["PYTHON"];
  const pyenv = env["PYENV_ROOT"] ?? join(env["HOME"] ?? "/", ".pyenv");
  const candidates = [
    ...(named === undefined ? [] : [named]),
    "python3.13",
    "python3",
    ...globSync(join(pyenv, "versions/3.13.*/bin/python3.13")),
  ];
  const found = candidates.find((command) => isPython313(command, env));
  if (found === undefined) {
    throw new Error(
      "LocalStack needs docker with its compose, or else Python 3.13: start docker, put python3.13 on PATH, or name it in PYTHON",
    );
  }
  return found;
}

function isPython313(command: string, env: NodeJS.ProcessEnv): boolean {
  try {
    const program = "import sys, venv; print(sys.version_info[:2] == (3, 13))";
    const said = execFileSync(command, ["-c", program], {
      encoding: "utf8",
      env,
      stdio: ["ignore", "pipe", "ignore"],
    });
    return said.trim() === "True";
  } catch {
    return false;
  }
}
