import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { LogicalPlan } from "../../../src/plan/logical-plan.ts";
import { parseExpression, parseStatement } from "../../../src/sql/parse.ts";
import { splitStatements } from "../../../src/sql/split-statements.ts";
import type { Statement } from "../../../src/sql/statement.ts";
import { compactExpression, compactPlan } from "../../support/compact-plan.ts";

const read = (file: string): string => readFileSync(new URL(file, import.meta.url), "utf8");
const block = (sql: string, answer: string): string => `${sql}\n${answer.replace(/^/gm, "    ")}\n`;

function compactStatement(statement: Statement): string {
  if (statement.kind === "query") return compactPlan(statement.plan);
  return JSON.stringify(
    statement,
    (key, value) => {
      if (key === "position") return undefined;
      return key === "plan" || key === "query" ? compactPlan(value as LogicalPlan) : value;
    },
    1,
  );
}

test.each(["clauses", "statements"])(
  "the statements of %s.sql become the plans written down",
  async (file) => {
    const answers = splitStatements(read(`${file}.sql`)).map(({ text: sql }) =>
      block(sql, compactStatement(parseStatement(sql))),
    );
    await expect(answers.join("\n")).toMatchFileSnapshot(`${file}.plans.txt`);
  },
);

test.each(["expressions", "literals"])(
  "the lines of %s.txt become the expressions written down",
  async (file) => {
    const answers = read(`${file}.txt`)
      .trimEnd()
      .split("\n")
      .map((line) => block(line, compactExpression(parseExpression(line))));
    await expect(answers.join("\n")).toMatchFileSnapshot(`${file}.plans.txt`);
  },
);
