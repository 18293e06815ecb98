import { mkdir, readdir } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import asc from "assemblyscript/asc";

const root = resolve(import.meta.dirname, "..");
const sources = resolve(root, "src/wasm/kernels");
const target = resolve(root, process.argv[2] ?? "src/wasm/kernels.wasm");

/** Every file of `src/wasm/kernels` is an entry: what it exports is exported by the one module. */
const entries = (await readdir(sources))
  .filter((name) => name.endsWith(".ts"))
  .sort()
  .map((name) => relative(root, resolve(sources, name)));
await mkdir(dirname(target), { recursive: true });
const { error, stderr } = await asc.main(
  [
    ...entries,
    ...["--baseDir", root, "--outFile", relative(root, target)],
    ...["--importMemory", "--runtime", "stub", "--enable", "simd"],
    ...["-O3", "--noAssert", "--disableWarning"],
  ],
  {},
);
if (error) {
  process.stderr.write(stderr.toString());
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
