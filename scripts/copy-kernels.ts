import { copyFile, mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const target = join(root, "dist/wasm");

await mkdir(target, { recursive: true });
await copyFile(join(root, "src/wasm/kernels.wasm"), join(target, "kernels.wasm"));
