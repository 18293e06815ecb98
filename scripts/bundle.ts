import { copyFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { rolldown } from "rolldown";

/**
 * Puts the sources together into a few files: loading them one by one takes several times as long, and every worker
 * thread does it again. Entries and chunks lie where the sources' `import.meta.url` expects what stands beside them.
 */
const MAIN = `#!/usr/bin/env node
import "./require-node.cjs";
import("./program.js");
`;
const root = resolve(import.meta.dirname, "..");
const dist = join(root, "dist");

await rm(dist, { recursive: true, force: true });
const bundle = await rolldown({
  input: {
    index: join(root, "src/index.ts"),
    "cli/program": join(root, "src/cli/main.ts"),
    "thread-worker": join(root, "src/cluster/thread-worker.ts"),
    "open-data-store": join(root, "src/aws/s3/open-data-store.ts"),
  },
  platform: "node",
  transform: { target: "node22" },
  external: [/^node:/, /^@aws-sdk\//, /^@smithy\//, "apache-arrow", "parquet-wasm"],
});
await bundle.write({
  dir: dist,
  format: "esm",
  entryFileNames: "[name].js",
  chunkFileNames: "[name]-[hash].js",
});
await bundle.close();
await copyFile(join(root, "src/wasm/kernels.wasm"), join(dist, "kernels.wasm"));
// Code that old versions of Node cannot parse is loaded only after the check.
await copyFile(join(root, "src/cli/require-node.cjs"), join(dist, "cli/require-node.cjs"));
await writeFile(join(dist, "cli/main.js"), MAIN, { mode: 0o755 });
