import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

/** The two functions of an engine. */
export type FunctionName = "coordinator" | "executor";

// Beside this file's folder in the package; in a checkout where scripts/bundle-functions.ts puts them.
const FOLDERS = ["../functions", "../.tindra/functions"];

/** The folder with a function's code, ready to be zipped; `folder` where the bundles are not the package's own. */
export function functionBundle(name: FunctionName, folder?: string): string {
  const folders = folder === undefined ? FOLDERS : [folder];
  const found = folders
    .map((place) => join(resolve(import.meta.dirname, place), name))
    .find((place) => existsSync(join(place, "index.mjs")));
  if (found === undefined) {
    throw new TypeError(
      `There is no bundle of the ${name} in ${folders.join(" or ")}; run \`npm run build:functions\``,
    );
  }
  return found;
}
