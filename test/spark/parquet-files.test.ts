import { afterAll, describe, expect, test } from "vitest";
import { Session } from "../../src/index.ts";
import {
  answerFile,
  type FileAnswer,
  knownFileDifferences,
  type Question,
  sparkFileAnswers,
} from "../support/spark-files.ts";

const session = Session.local({ workers: 1 });
afterAll(() => session.stop());

const keyOf = ({ file, set = {}, sql }: Omit<Question, "set"> & Partial<Question>): string =>
  JSON.stringify([file, set, sql]);
const differing = new Map(
  knownFileDifferences().reasons.flatMap(({ why, questions }) =>
    questions.map((question) => [keyOf(question), { why, question }] as const),
  ),
);
const answers = sparkFileAnswers();
const files = [...new Set(answers.map(({ file }) => file))];

/** Errors of Java that have no condition are errors of any kind. */
function comparable(answer: FileAnswer): FileAnswer {
  const { types, rows, error } = answer;
  if (error === undefined) return { types: types ?? [], rows: rows ?? [] };
  return { error: /^[A-Z_.0-9]+$/.test(error) ? error : "any" };
}

async function compared(kept: Question & FileAnswer) {
  const wanted = comparable(kept);
  const got = comparable(await answerFile(session, kept));
  const same =
    wanted.error === "any"
      ? got.error !== undefined
      : JSON.stringify(got) === JSON.stringify(wanted);
  return { same, got, wanted };
}

describe("Spark's answers about a Parquet file are ours", () => {
  test.each(files)("%s", async (file) => {
    const wrong: unknown[] = [];
    for (const kept of answers.filter((answer) => answer.file === file)) {
      const { same, got, wanted } = await compared(kept);
      const known = differing.get(keyOf(kept));
      if (same && known) wrong.push({ question: known.question, noDifferenceAnyMore: known.why });
      if (!same && !known) wrong.push({ sql: kept.sql, set: kept.set, got, wanted });
    }
    expect(wrong).toEqual([]);
  });

  test("and what differs was asked", () => {
    const asked = new Set(answers.map(keyOf));
    expect([...differing.keys()].filter((key) => !asked.has(key))).toEqual([]);
  });
});
