import { expect, test } from "vitest";
import { KEPT_SETTINGS, readKept } from "./kept-answers.ts";
import { missingBuiltins } from "./missing-builtins.ts";
import { replaysKeptAnswers } from "./replays-kept-answers.ts";

const MIN_STATEMENTS = 5000;

replaysKeptAnswers(false);

test("Spark was asked thousands of statements, and of each builtin one that has rows", () => {
  const kept = KEPT_SETTINGS.map(({ file }) => readKept(file));
  expect(
    missingBuiltins(kept).map(({ name }) => name),
    "builtins that Spark was not asked about yet: npm run spark:ask -- --missing",
  ).toEqual([]);
  const count = kept
    .flatMap(({ sections }) => sections)
    .reduce((sum, { answers }) => sum + answers.length, 0);
  expect(count).toBeGreaterThanOrEqual(MIN_STATEMENTS);
});
