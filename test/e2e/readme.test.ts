import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = new URL("../../", import.meta.url).pathname;

test("the README's first query runs as it stands and shows one average a payment type", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const program = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
  expect(program).toContain("Session.local");
  const folder = mkdtempSync(join(tmpdir(), "tindra-readme-"));
  try {
    const file = join(folder, "first-query.ts");
    writeFileSync(file, program.replace('"tindra"', JSON.stringify(join(root, "src/index.ts"))));
    const shown = execFileSync(process.execPath, [file], { cwd: root }).toString();
    expect(shown).toMatch(/^\+-+\+-+\+\n\| +payment_type\| +average\|\n/);
    expect(shown.match(/^\|/gm)).toHaveLength(5);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
