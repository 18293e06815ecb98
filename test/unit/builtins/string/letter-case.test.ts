import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Session } from "../../../../src/index.ts";

/** A text, and Spark's upper, lower and initcap of it. */
type Cases = readonly (readonly [string, string, string, string])[];

const data = JSON.parse(
  readFileSync(new URL("../../../data/spark/letter-case.json", import.meta.url), "utf8"),
) as { readonly characters: Cases; readonly texts: Cases };

let session: Session;
beforeAll(() => {
  session = Session.local({ workers: 1, memory: "256m" });
});
afterAll(() => session.stop());

it.each([
  ["every character that has another case", data.characters],
  ["texts in which Σ, İ and ﬁ stand beside others", data.texts],
])("upper, lower and initcap are Spark's of %s", async (_, cases) => {
  const rows = await session
    .createDataFrame(
      cases.map(([text], i) => [i, text]),
      "i int, s string",
    )
    .selectExpr("i", "s", "upper(s)", "lower(s)", "initcap(s)")
    .orderBy("i")
    .collect();
  const wrong = rows.flatMap((row, i) => {
    const got = row.toArray().slice(1);
    return String(got) === String(cases[i]) ? [] : [`${cases[i]} not ${got}`];
  });
  expect(wrong).toEqual([]);
  expect(rows.length).toBe(cases.length);
});
