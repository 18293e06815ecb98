import { copyFile, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/**
 * Bundles both functions for Lambda: minified modules, what is loaded late in files of its own, the WebAssembly files
 * beside them. The folder may be named; cdk/ looks for them where they are put without.
 */
const root = resolve(import.meta.dirname, "..");
const target = resolve(process.argv[2] ?? join(root, ".tindra/functions"));
const parquetWasm = dirname(fileURLToPath(import.meta.resolve("parquet-wasm")));
const WASM_FILES = [join(root, "src/wasm/kernels.wasm"), join(parquetWasm, "parquet_wasm_bg.wasm")];

for (const name of ["coordinator", "executor"]) {
  const folder = join(target, name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: { index: join(root, `functions/${name}.ts`) },
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    minify: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node24",
    mainFields: ["module", "main"],
    legalComments: "none",
    define: { __dirname: "import.meta.dirname" },
    // CommonJS packages call `require`, which modules do not have.
    banner: {
      js: 'import{createRequire as __require__}from"node:module";const require=__require__(import.meta.url);',
    },
    logLevel: "warning",
  });
  await copyWanted(folder);
}

/** Copies the WebAssembly files that the bundle's code names. */
async function copyWanted(folder: string): Promise<void> {
  const modules = (await readdir(folder)).map((file) => readFile(join(folder, file), "utf8"));
  const code = (await Promise.all(modules)).join();
  for (const file of WASM_FILES) {
    if (code.includes(basename(file))) await copyFile(file, join(folder, basename(file)));
  }
}
