import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withSection } from "../../scripts/document-section.ts";
import { examplePlanSection } from "../../scripts/example-plan.ts";
import { rulesSection } from "../../scripts/rule-table.ts";
import { worksRows, worksSection } from "../../scripts/works-table.ts";
import { Session } from "../../src/index.ts";

const root = new URL("../../", import.meta.url).pathname;
const readme = readFileSync(join(root, "README.md"), "utf8");

/** The README's code blocks of a language, in order. */
const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, "g"))].map(
    ([, text]) => text ?? "",
  );

describe("the README", () => {
  it("shows the table and a receipt like the one that its first query prints", () => {
    const shown = spawnSync("sh", ["-c", blocks("sh")[0] ?? ""], { cwd: root, encoding: "utf8" });
    const [table = "", metrics = ""] = (blocks("text")[0] ?? "").split(/(?<=\+\n)(?=\d+ rows in)/);
    expect(shown.stdout.trim()).toBe(table.trim());
    const written = metrics.trim().split("\n");
    const printed = shown.stderr.trim().split("\n");
    const shape = (line: string | undefined): string => (line ?? "").replaceAll(/[\d.]+/g, "#");
    expect(shape(printed.at(0))).toBe(shape(written.at(0)));
    expect(printed.slice(-2).map(shape)).toEqual(written.slice(-2).map(shape));
  });

  it("shows what its first program prints", () => {
    const [program = ""] = blocks("ts");
    expect(program).toContain("Session.local");
    const folder = mkdtempSync(join(tmpdir(), "tindra-readme-"));
    try {
      const file = join(folder, "first-program.ts");
      writeFileSync(file, program.replace('"tindra"', JSON.stringify(join(root, "src/index.ts"))));
      const shown = execFileSync(process.execPath, [file], { cwd: root, encoding: "utf8" });
      expect(shown.trim()).toBe(blocks("text")[1]?.trim());
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("has the table of what works as `npm run docs` writes it", () => {
    expect(withSection(readme, worksSection())).toBe(readme);
  });
});

describe("CONTRIBUTING.md", () => {
  const contributing = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");

  it("has the table of rules as `npm run docs` writes it", () => {
    expect(withSection(contributing, rulesSection())).toBe(contributing);
  });

  it("has the plan and the stages of its example query as `npm run docs` writes them", async () => {
    expect(withSection(contributing, await examplePlanSection())).toBe(contributing);
  });
});

describe("the table of what works", () => {
  const rows = worksRows();
  const statements = (column: "works" | "notYet"): [item: string, statement: string][] =>
    rows.flatMap((row) => Object.entries(row[column]));
  let spark: Session;
  beforeAll(() => {
    spark = Session.local({ workers: 1 });
    spark
      .createDataFrame([
        { a: 1, b: 2, s: "x" },
        { a: 2, b: 3, s: "y" },
      ])
      .createOrReplaceTempView("t");
  });
  afterAll(() => spark.stop());

  it.each(statements("works"))("lists %s as working, and it answers", async (_, statement) => {
    await expect(spark.sql(statement).collect()).resolves.toBeInstanceOf(Array);
  });

  it.each(statements("notYet"))("lists %s as missing, and it is refused", async (_, statement) => {
    await expect(async () => spark.sql(statement).collect()).rejects.toMatchObject({
      condition: expect.stringMatching(/^UNSUPPORTED_/),
    });
  });
});
