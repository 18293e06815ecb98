import { execFileSync } from "node:child_process";
import { copyFile, mkdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const dist = join(root, "dist");

await rm(dist, { recursive: true, force: true });
execFileSync(process.execPath, [join(root, "scripts/build-kernels.ts")], { stdio: "inherit" });
execFileSync("npx", ["tsc", "-p", join(root, "tsconfig.build.json")], {
  cwd: root,
  stdio: "inherit",
});
await mkdir(join(dist, "wasm"), { recursive: true });
await copyFile(join(root, "src/wasm/kernels.wasm"), join(dist, "wasm/kernels.wasm"));
