import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { functions as F } from "../../../src/index.ts";

const ROOT = new URL("../../../", import.meta.url).pathname;
const FOLDER = `${ROOT}src/session/functions/`;

it("the doc comments of the functions are the examples that their builtins are tested with", () => {
  const check = spawnSync(process.execPath, [`${ROOT}scripts/function-docs.ts`, "--check"], {
    encoding: "utf8",
  });
  expect(check).toMatchObject({ status: 0, stderr: "" });
});

it("nearly every function has an example as its doc comment", () => {
  const text = readdirSync(FOLDER)
    .map((name) => readFileSync(FOLDER + name, "utf8"))
    .join("\n");
  const documented = text.match(/^ {2}\/\*\* SQL: /gm)?.length ?? 0;
  expect(documented).toBeGreaterThan(0.85 * Object.keys(F).length);
});
