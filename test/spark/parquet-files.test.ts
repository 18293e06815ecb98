import { afterAll, describe, expect, test } from "vitest";
import { Session } from "../../src/index.ts";
import { answerFile, type FileAnswer, sparkFileAnswers } from "../support/spark-files.ts";

const session = Session.local({ workers: 1 });
afterAll(() => session.stop());

const answers = sparkFileAnswers();
const files = [...new Set(answers.map(({ file }) => file))];

/** Errors of Java that have no condition are errors of any kind. */
function comparable(answer: FileAnswer): FileAnswer {
  const { types, rows, error } = answer;
  if (error === undefined) return { types: types ?? [], rows: rows ?? [] };
  return { error: /^[A-Z_.0-9]+$/.test(error) ? error : "any" };
}

describe("Spark's answers about a Parquet file are ours", () => {
  test.each(files)("%s", async (file) => {
    const wrong: unknown[] = [];
    for (const kept of answers.filter((answer) => answer.file === file)) {
      const wanted = comparable(kept);
      const got = comparable(await answerFile(session, kept));
      const same =
        wanted.error === "any"
          ? got.error !== undefined
          : JSON.stringify(got) === JSON.stringify(wanted);
      if (!same) wrong.push({ sql: kept.sql, set: kept.set, got, wanted });
    }
    expect(wrong).toEqual([]);
  });
});
