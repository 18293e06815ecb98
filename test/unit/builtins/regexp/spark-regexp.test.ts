import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { TindraError } from "../../../../src/common/errors.ts";
import { Session } from "../../../../src/index.ts";

/** Which functions were asked, the pattern as a SQL literal has it, and Spark's row for each text or `!` and its error. */
type Asked = readonly ["all" | "group", string, readonly string[] | string];

const data = JSON.parse(
  readFileSync(new URL("../../../data/spark/regexp.json", import.meta.url), "utf8"),
) as { readonly texts: readonly string[]; readonly patterns: readonly Asked[] };

const table = data.texts.map((text, i) => `(${i}, ${text})`).join(", ");
const DIVIDED_SURROGATES = /[?\ufffd]/;

const KNOWN_DIFFERENCES = new Set([
  // Java 17's word boundaries know letters beyond ASCII, those of later versions do not.
  "\\\\b",
  "\\\\B",
  "\\\\b\\\\w",
  "\\\\bé",
  "\\\\w\\\\b",
  // A group that took no part fails a reference to it in Java; in JavaScript it is empty.
  "(a)|b\\\\1",
  "(b)?\\\\1",
  "(?:(a)|b)*\\\\1",
  // Java tries an empty round of a loop and keeps its groups.
  "(a*)*",
  // ẞ and ß are equal in one direction only.
  "(?iu)ß",
  "(?iu)ẞ",
  "[a&&&b]",
  // Boundaries between graphemes, and \G elsewhere than at the start, are refused.
  "\\\\b{g}",
  "a\\\\b{g}",
  "(?:\\\\G|x).",
]);

let session: Session;
beforeAll(() => {
  session = Session.local({ workers: 1, memory: "256m" });
});
afterAll(() => session.stop());

function query(kind: "all" | "group", pattern: string): string {
  const p = `'${pattern}'`;
  const cells =
    kind === "group"
      ? `regexp_extract(s, ${p}, 1), concat_ws('·', regexp_extract_all(s, ${p})), regexp_replace(s, ${p}, '[$1]')`
      : `CAST(s RLIKE ${p} AS STRING), concat_ws('·', regexp_extract_all(s, ${p}, 0)),
         regexp_replace(s, ${p}, '<$0>'), concat_ws('·', split(s, ${p})), concat_ws('·', split(s, ${p}, 2)),
         CAST(regexp_count(s, ${p}) AS STRING), CAST(regexp_instr(s, ${p}) AS STRING), coalesce(regexp_substr(s, ${p}), 'NIL')`;
  return `SELECT concat_ws('¦', ${cells}) AS r FROM VALUES ${table} AS t(i, s) ORDER BY i`;
}

async function ours(sql: string): Promise<readonly string[] | string> {
  try {
    return (await session.sql(sql).collect()).map((row) => String(row["r"]));
  } catch (error) {
    if (error instanceof TindraError) return `!${error.condition}`;
    throw error;
  }
}

it("regular expressions match, or are refused, as in Spark", async () => {
  const wrong: string[] = [];
  for (const [kind, pattern, spark] of data.patterns) {
    if (KNOWN_DIFFERENCES.has(pattern) || pattern.includes("\\\\N{")) continue;
    const got = await ours(query(kind, pattern));
    if (typeof spark === "string" || typeof got === "string") {
      if (got !== spark) wrong.push(`${pattern}: ${spark}, not ${got}`);
      continue;
    }
    spark.forEach((row, i) => {
      // An empty match stands within a character of two UTF-16 units in Java, which divides it.
      if (row !== got[i] && !DIVIDED_SURROGATES.test(row))
        wrong.push(`${pattern} in ${data.texts[i]}: ${row}, not ${got[i]}`);
    });
  }
  expect(wrong).toEqual([]);
});
