import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

/** The TPC-H tables at a scale factor as Parquet: made once by tpchgen-cli 4.0.0 from PyPI, with Python 3. */
export function tpchData(scaleFactor: string): string {
  const data = join(import.meta.dirname, "data");
  const folder = join(data, `sf${scaleFactor}`);
  if (existsSync(folder)) return folder;
  const venv = join(data, "venv");
  const partial = `${folder}.partial`;
  const run = (command: string, ...args: string[]): void => {
    execFileSync(command, args, { stdio: "inherit" });
  };
  if (!existsSync(venv)) {
    mkdirSync(data, { recursive: true });
    run("python3", "-m", "venv", venv);
    run(join(venv, "bin", "pip"), "install", "--quiet", "tpchgen-cli==4.0.0");
  }
  rmSync(partial, { recursive: true, force: true });
  run(join(venv, "bin", "tpchgen-cli"), "parquet", "-s", scaleFactor, `--output-dir=${partial}`);
  renameSync(partial, folder);
  return folder;
}
