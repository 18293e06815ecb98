import { readdirSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import type { RebaseMode } from "../../src/formats/parquet/rebase-modes.ts";
import { Session } from "../../src/index.ts";
import { filtersAtBounds } from "../support/filters-at-bounds.ts";
import { PlannedFile } from "../support/pruned-groups.ts";
import { knownFileDifferences, SPARK_FILES } from "../support/spark-files.ts";

const FILTERS_OF_FILE = 40;
const MIN_FILTERS_OF_COLUMN = 5;
const FILTERS_AT_ONCE = 100;

const session = Session.local({ workers: 1 });
afterAll(() => session.stop());

const believed = new Map(knownFileDifferences().believed.map(({ file, why }) => [file, why]));
/** Files that nobody can read all of. */
const REFUSED = [
  "noted-twice",
  "noted-void",
  "noted-wrong",
  "odd-claims-too-much",
  "odd-prefixes-too-large",
];
const names = readdirSync(SPARK_FILES)
  .filter((name) => name.endsWith(".parquet"))
  .map((name) => name.slice(0, -".parquet".length))
  .filter((name) => !REFUSED.includes(name) && !name.startsWith("time-"));

describe("no row group with a row that passes a filter is pruned by it", () => {
  test.each(names.filter((name) => !believed.has(name)))("%s", async (name) => {
    expect(await lostRows(name)).toEqual([]);
  });

  test.each(["calendar-unmarked", "int96-unmarked"])("%s in the old calendar", async (name) => {
    expect(await lostRows(name, "LEGACY")).toEqual([]);
  });
});

describe("statistics that lie lose rows, as they do in Spark", () => {
  test.each([...believed])("%s: %s", async (name) => {
    expect(await lostRows(name)).not.toEqual([]);
  });
});

/** Filters by which a row group is pruned although rows in it pass. */
async function lostRows(name: string, rebase: RebaseMode = "CORRECTED"): Promise<unknown[]> {
  const path = `${SPARK_FILES}${name}.parquet`;
  const planned = await PlannedFile.open(path, rebase);
  session.conf.set("spark.sql.parquet.datetimeRebaseModeInRead", rebase);
  session.conf.set("spark.sql.parquet.int96RebaseModeInRead", rebase);
  session.read.parquet(path).createOrReplaceTempView("t");
  const most = Math.max(MIN_FILTERS_OF_COLUMN, FILTERS_OF_FILE / planned.facts.fields.length);
  const filters = filtersAtBounds(planned.facts, most, names.indexOf(name));
  const lost: unknown[] = [];
  for (let from = 0; from < filters.length; from += FILTERS_AT_ONCE) {
    const some = filters.slice(from, from + FILTERS_AT_ONCE);
    const passing = await groupsPassing(planned, some);
    some.forEach((filter, i) => {
      const read = planned.groupsRead(filter);
      const pruned = passing[i]?.filter((group) => !read.has(group)) ?? [];
      if (pruned.length > 0) lost.push({ filter, pruned });
    });
  }
  return lost;
}

/** By filter, the row groups with rows that pass. Aggregates prune nothing: one query reads everything. */
async function groupsPassing(
  { facts }: PlannedFile,
  filters: readonly string[],
): Promise<number[][]> {
  const counts = filters.map((filter, i) => `count_if(${filter}) AS c${i}`);
  const rows = await session
    .sql(`SELECT ${groupOf(facts.rowGroups)} AS row_group, ${counts.join(", ")} FROM t GROUP BY 1`)
    .collect();
  return filters.map((_, i) =>
    rows.flatMap((row) => (Number(row[`c${i}`]) > 0 ? [Number(row["row_group"])] : [])),
  );
}

/** Column `i` of files of several row groups counts the rows. */
function groupOf(groups: readonly { readonly rows: number }[]): string {
  let end = 0;
  const ends = groups.slice(0, -1).map(({ rows }, group) => {
    end += rows;
    return `WHEN i < ${end} THEN ${group}`;
  });
  return ends.length === 0 ? "0" : `CASE ${ends.join(" ")} ELSE ${groups.length - 1} END`;
}
