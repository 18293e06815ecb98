import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Session } from "../../src/index.ts";
import { KEPT_SETTINGS, readKept } from "./kept-answers.ts";
import { knownDifferences } from "./known-differences.ts";
import { replay } from "./replay.ts";

/** Tests that replay the kept answers of one mode. */
export function replaysKeptAnswers(ansi: boolean): void {
  describe(`Random statements that Spark answered ${ansi ? "with" : "without"} ANSI`, () => {
    let spark: Session;
    beforeAll(() => {
      spark = Session.local({ workers: 1 });
    });
    afterAll(() => spark.stop());

    const files = KEPT_SETTINGS.filter((setting) => setting.ansi === ansi);
    test.each(files)("have Spark's answer in the time zone $timeZone", async ({ file }) => {
      const known = knownDifferences(file);
      const found = await replay(spark, readKept(file));
      expect(
        found.filter(({ sql }) => !known.has(sql)),
        "statements that are not answered as Spark answers them",
      ).toEqual([]);
      const differing = new Set(found.map(({ sql }) => sql));
      expect(
        [...known.keys()].filter((sql) => !differing.has(sql)),
        "known differences that are none any more: npm run spark:known takes them off the list",
      ).toEqual([]);
    });
  });
}
