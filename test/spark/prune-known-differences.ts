import { readFileSync, writeFileSync } from "node:fs";
import { Session } from "../../src/index.ts";
import { KEPT_SETTINGS, readKept } from "./kept-answers.ts";
import { KNOWN_FILE, type KnownDifference, knownText } from "./known-differences.ts";
import { replay } from "./replay.ts";

/** Takes statements off the list of known differences that have Spark's answer now. Adds none. */
async function prune(): Promise<void> {
  const { reasons } = JSON.parse(readFileSync(KNOWN_FILE, "utf8")) as {
    readonly reasons: readonly KnownDifference[];
  };
  const differing = new Map<string, ReadonlySet<string>>();
  const spark = Session.local({ workers: 1 });
  for (const { file } of KEPT_SETTINGS)
    differing.set(file, new Set((await replay(spark, readKept(file))).map(({ sql }) => sql)));
  await spark.stop();
  const kept = reasons.map(({ why, statements }) => ({
    why,
    statements: Object.fromEntries(
      Object.entries(statements)
        .map(([file, sqls]) => [file, sqls.filter((sql) => differing.get(file)?.has(sql))] as const)
        .filter(([, sqls]) => sqls.length > 0),
    ),
  }));
  writeFileSync(
    KNOWN_FILE,
    knownText(kept.filter(({ statements }) => Object.keys(statements).length > 0)),
  );
}

await prune();
