import { readdirSync, readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import type { DataType } from "../../src/columnar/data-type.ts";
import type { FileFacts } from "../../src/columnar/file-facts.ts";
import type { LiteralJson } from "../../src/columnar/literal-json.ts";
import { Session } from "../../src/index.ts";
import { BytesStore, footerOf } from "../support/parquet-files.ts";
import { SPARK_FILES } from "../support/spark-files.ts";

const session = Session.local({ workers: 1 });
afterAll(() => session.stop());

/** Bounds that Spark believes too, although they are not true. */
const LIES = new Set(["stats-wrong-nulls", "stats-wrong-values", "stats-text-cut-off"]);
const STEMS = [
  "kinds-nested",
  "kinds-spark-int96",
  "calendar-",
  "int96-",
  "stats-",
  "unknown-kinds",
  "noted-intervals",
];
const MAX_GROUPS = 4;

const names = readdirSync(SPARK_FILES)
  .filter((name) => name.endsWith(".parquet") && STEMS.some((stem) => name.startsWith(stem)))
  .map((name) => name.slice(0, -".parquet".length))
  .filter((name) => !LIES.has(name));

describe("a filter keeps the same rows whether row groups are pruned by it or not", () => {
  test.each(names)("%s", async (name) => {
    const path = `${SPARK_FILES}${name}.parquet`;
    const facts = await footerOf(new BytesStore(readFileSync(path)), path);
    session.read.parquet(path).createOrReplaceTempView("t");
    const filters = filtersFor(facts);
    const wanted = await fullRead(filters);
    const got: number[] = [];
    for (const filter of filters) got.push(await count(`SELECT count(*) FROM t WHERE ${filter}`));
    const wrong = filters
      .map((filter, i) => ({ filter, got: got[i], wanted: wanted[i] }))
      .filter((one) => one.got !== one.wanted);
    expect(wrong).toEqual([]);
  });
});

/** Aggregates prune nothing: one query that reads everything counts the rows of all filters. */
async function fullRead(filters: readonly string[]): Promise<number[]> {
  const counts = filters.map((filter, i) => `count_if(${filter}) AS c${i}`);
  const [row] = await session.sql(`SELECT ${counts.join(", ")} FROM t`).collect();
  return filters.map((_, i) => Number(row?.[`c${i}`]));
}

async function count(sql: string): Promise<number> {
  const [row] = await session.sql(sql).collect();
  return Number(Object.values(row ?? {})[0]);
}

function filtersFor(facts: FileFacts): string[] {
  return facts.fields.flatMap(({ name, type }) => {
    const found = facts.rowGroups.map((group) => group.columns[name]);
    const step = Math.max(1, Math.ceil(found.length / MAX_GROUPS));
    const bounds = found
      .filter((_, i) => i % step === 0)
      .flatMap((column) => [column?.min ?? null, column?.max ?? null]);
    const constants = [
      ...new Set(bounds.flatMap((bound) => (bound === null ? [] : constantsAt(type, bound)))),
      ...ALWAYS.filter(([kind]) => kind === type.kind).map(([, text]) => text),
    ];
    const tests = constants.flatMap((constant, i) => filtersAt(name, constant, i));
    return [`${name} IS NULL`, `${name} IS NOT NULL`, ...tests];
  });
}

/** Where pruning by other means than bounds, or with none, could go wrong. */
const ALWAYS: readonly (readonly [DataType["kind"], string])[] = [
  ["double", "double('NaN')"],
  ["double", "-0.0D"],
  ["float", "float('NaN')"],
  ["boolean", "true"],
  ["string", "'é'"],
  ["date", "DATE'1582-10-04'"],
  ["timestamp", "TIMESTAMP'1883-11-18 20:00:00Z'"],
  ["timestamp_ntz", "TIMESTAMP_NTZ'1999-12-31 00:00:00'"],
];

/** A different few operators for each constant, so that together all meet every kind of bound. */
function filtersAt(name: string, constant: string, i: number): string[] {
  const operators = ["=", "<", "<=", ">", ">=", "<=>", "<>"];
  const chosen = [0, 1, 2].map((k) => operators[(i + k * 3) % operators.length]);
  const list = i % 3 === 0 ? [`${name} IN (${constant}, NULL)`] : [];
  return [...chosen.map((operator) => `${name} ${operator} ${constant}`), ...list];
}

/** A bound and its neighbours, in SQL. */
function constantsAt(type: DataType, bound: LiteralJson): string[] {
  switch (type.kind) {
    case "byte":
    case "short":
    case "int":
      return [-1, 0, 1].map((step) => `${Number(bound) + step}`);
    case "long":
      return [-1n, 0n, 1n].map((step) => `${BigInt(String(bound)) + step}BD`);
    case "decimal":
      return [-1n, 0n, 1n]
        .map((step) => BigInt(String(bound)) + step)
        .filter((unscaled) => String(unscaled).replace("-", "").length <= 38)
        .map((unscaled) => `${decimalText(unscaled, type.scale)}BD`);
    case "float":
    case "double":
      return [`${type.kind}('${bound}')`, `${type.kind}('${Number(bound) / 2}')`];
    case "date":
      return [-1, 0, 1].map((step) => `date_from_unix_date(${Number(bound) + step})`);
    case "timestamp":
      return [-1n, 0n, 1n].map((step) => `timestamp_micros(${BigInt(String(bound)) + step}L)`);
    case "string":
      return [`'${bound}'`, `'${String(bound).slice(0, 1)}'`, `'${bound}!'`];
    case "binary": {
      const hex = Buffer.from(String(bound), "base64").toString("hex");
      return [`X'${hex}'`, `X'${hex}00'`];
    }
    default:
      return [];
  }
}

function decimalText(unscaled: bigint, scale: number): string {
  const sign = unscaled < 0n ? "-" : "";
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  return scale === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-scale)}`;
}
