import module from "node:module";
import { join } from "node:path";

/** Keeps what V8 compiles for the next start, in the user's cache folder unless NODE_COMPILE_CACHE says where. */
export function keepCompiledCode(): void {
  const { env } = process;
  const caches = env["XDG_CACHE_HOME"] ?? (env["HOME"] ? join(env["HOME"], ".cache") : undefined);
  if (caches === undefined) return;
  // Worker threads take it from the environment only.
  env["NODE_COMPILE_CACHE"] ??= join(caches, "tindra");
  // Node 22.0 does not have it.
  module.enableCompileCache?.(env["NODE_COMPILE_CACHE"]);
}
