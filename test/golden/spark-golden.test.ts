import { globSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Session } from "../../src/index.ts";
import { differences, type GoldenFile } from "../support/spark-golden.ts";

const FOLDER = new URL("../data/spark-golden/", import.meta.url);
const FILES = globSync("**/*.json", { cwd: new URL("statements/", FOLDER) })
  .map((path) => path.replaceAll("\\", "/").replace(/\.json$/, ""))
  .sort();

/** By file and statement number: why an answer is not Spark's. */
type KnownFailures = { readonly [file: string]: { readonly [number: string]: string } };

const read = <T>(path: string): T => JSON.parse(readFileSync(new URL(path, FOLDER), "utf8")) as T;
const known = read<KnownFailures>("known-failures.json");

describe("Spark's own statements", () => {
  let spark: Session;
  beforeAll(() => {
    spark = Session.local({ workers: 1 });
  });
  afterAll(() => spark.stop());

  test("that are known to fail are in the files", () => {
    for (const [file, failures] of Object.entries(known)) {
      const { statements } = read<GoldenFile>(`statements/${file}.json`);
      const numbers = statements.map(({ number }) => String(number));
      expect(numbers, file).toEqual(expect.arrayContaining(Object.keys(failures)));
    }
  });

  test.each(FILES)(
    "of %s are answered as Spark answers them",
    { timeout: 60_000 },
    async (file) => {
      const failures = known[file] ?? {};
      const found = await differences(spark, read<GoldenFile>(`statements/${file}.json`));
      const unexpected = found.filter(({ number }) => failures[number] === undefined);
      expect(unexpected, "statements that no longer pass").toEqual([]);
      const failing = new Set(found.map(({ number }) => String(number)));
      const passing = Object.keys(failures).filter((number) => !failing.has(number));
      expect(passing, "known failures that pass now: take them off the list").toEqual([]);
    },
  );
});
