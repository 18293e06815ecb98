import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TindraError } from "../../src/common/errors.ts";

import { Session } from "../../src/index.ts";
import { seeded } from "../support/seeded.ts";
import { expectTypedError } from "../support/typed-error.ts";

const DATA = new URL("../data/", import.meta.url).pathname;
const NATION = readFileSync(`${DATA}tpch/sf0.01/nation.parquet`);
const NATIONS = 25;

/** A copy with other bytes from `at` on; negative: from the end. */
function changed(at: number, ...bytes: readonly number[]): Buffer {
  const copy = Buffer.from(NATION);
  Buffer.from(bytes).copy(copy, at < 0 ? copy.length + at : at);
  return copy;
}

/** Costs of supplies whose footer claims that none is above 5.00. */
function withWrongStatistics(): Buffer {
  const copy = readFileSync(`${DATA}tpch/sf0.01/partsupp.parquet`);
  const footer = copy.length - 8 - copy.readUInt32LE(copy.length - 8);
  const most = Buffer.alloc(8);
  most.writeBigInt64LE(999_99n);
  let found = 0;
  for (let at = copy.indexOf(most, footer); at >= 0; at = copy.indexOf(most, at + 1)) {
    copy.writeBigInt64LE(5_00n, at);
    found++;
  }
  expect(found).toBeGreaterThan(0);
  return copy;
}

describe("a file that is not as it should be", () => {
  let folder: string;
  let spark: Session;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "tindra-bad-files-"));
    spark = Session.local({ workers: 1, tempDir: folder });
  });
  afterAll(async () => {
    await spark.stop();
    rmSync(folder, { recursive: true });
  });
  const file = (name: string, bytes: Uint8Array | string): string => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };

  it.each<readonly [what: string, bytes: Uint8Array | string, condition: string, says: string]>([
    [
      "text",
      "id,name\n1,x\n2,y and more",
      "FAILED_READ_FILE.CANNOT_READ_FILE_FOOTER",
      "not a Parquet file",
    ],
    ["nothing", "", "FAILED_READ_FILE.CANNOT_READ_FILE_FOOTER", "0 bytes"],
    [
      "an encrypted footer",
      changed(-4, 80, 65, 82, 69),
      "FAILED_READ_FILE.CANNOT_READ_FILE_FOOTER",
      "encrypted",
    ],
    ["a cut end", NATION.subarray(0, -10), "FAILED_READ_FILE.CANNOT_READ_FILE_FOOTER", "cut off"],
    ["a cut start", NATION.subarray(100), "FAILED_READ_FILE", "n_nationkey"],
    [
      "too long a footer",
      changed(-8, 255, 255, 255, 127),
      "FAILED_READ_FILE.CANNOT_READ_FILE_FOOTER",
      "2147483647",
    ],
    [
      "an empty footer",
      changed(-8, 0, 0, 0, 0),
      "FAILED_READ_FILE.CANNOT_READ_FILE_FOOTER",
      "too early",
    ],
    [
      "a broken page header",
      changed(4, 255, 255, 255, 255, 255),
      "FAILED_READ_FILE",
      "page header",
    ],
    ["a broken page", changed(60, 255, 255, 255, 255, 255, 255), "FAILED_READ_FILE", "n_nationkey"],
  ])("with %s ends in a DataError that names it", async (what, bytes, condition, says) => {
    const path = file(`${what.replaceAll(" ", "-")}.parquet`, bytes);
    const error = await expectTypedError(() =>
      spark.read.parquet(path).selectExpr("sum(n_nationkey + 1)", "max(n_name)").run(),
    );
    expect(error.family).toBe("data");
    expect(error.condition).toContain(condition);
    expect(error.message).toContain(says);
    if (condition.startsWith("FAILED_READ_FILE")) expect(error.message).toContain(path);
  });

  it("whose statistics are wrong ends in a DataError where code relies on them", async () => {
    const path = file("statistics.parquet", withWrongStatistics());
    const value = spark.read.parquet(path).selectExpr("sum(ps_supplycost * ps_availqty)");
    const error = await expectTypedError(() => value.run());
    expect(error).toMatchObject({ family: "data", condition: "PARQUET_STATISTICS_WRONG" });
    expect(error.message).toContain("`ps_supplycost`");
    expect(error.message).toContain(path);
  });

  it("that is missing, and a folder without files, end in errors that name them", async () => {
    const none = join(folder, "none.parquet");
    const missing = await expectTypedError(() => spark.read.parquet(none).run());
    expect(missing).toMatchObject({
      condition: "PATH_NOT_FOUND",
      sqlState: "42K03",
      details: { path: none },
    });
    const empty = join(folder, "empty");
    mkdirSync(empty);
    const error = await expectTypedError(() => spark.read.parquet(empty).run());
    expect(error.condition).toBe("UNABLE_TO_INFER_SCHEMA");
    expect(error.message).toContain(empty);
    const glob = await expectTypedError(() => spark.read.parquet(join(folder, "no*such")).run());
    expect(glob.condition).toBe("PATH_NOT_FOUND");
    const unnamed = await expectTypedError(() => spark.read.parquet("").run());
    expect(unnamed.condition).toBe("INVALID_EMPTY_LOCATION");
  });

  it("among good ones is named", async () => {
    mkdirSync(join(folder, "mixed"));
    file("mixed/a.parquet", NATION);
    const bad = file("mixed/b.parquet", "no Parquet at all");
    const error = await expectTypedError(() => spark.read.parquet(join(folder, "mixed")).run());
    expect(error).toMatchObject({ family: "data" });
    expect(error.message).toContain(bad);
  });

  it("whose schema fits no other file, or not the user's, says which column and types", async () => {
    const conflicting = `${DATA}tables/conflicting`;
    const unread = await expectTypedError(() => spark.read.parquet(conflicting).run());
    expect(unread.message).toBe(
      `Encountered error while reading file ${conflicting}/b.parquet. Data type mismatches when reading Parquet column [id]. Expected Spark type int, actual Parquet type BINARY.`,
    );
    const conflict = await expectTypedError(() =>
      spark.read.parquet(conflicting, { mergeSchema: true }).run(),
    );
    expect(conflict.condition).toBe("CANNOT_MERGE_SCHEMAS");
    for (const part of ["`id`", "int", "string", "a.parquet", "b.parquet"])
      expect(conflict.message).toContain(part);
    const path = file("nation.parquet", NATION);
    const error = await expectTypedError(() => spark.read.schema("n_name INT").parquet(path).run());
    expect(error.condition).toBe("FAILED_READ_FILE.PARQUET_COLUMN_DATA_TYPE_MISMATCH");
    expect(error.message).toContain("[n_name]");
  });

  it.each([
    { source: "tpch/sf0.01/nation.parquet", rows: NATIONS },
    { source: "parquet/pyarrow-snappy.parquet", rows: null },
    { source: "parquet/spark-zstd.parquet", rows: null },
    { source: "parquet/duckdb-v2.parquet", rows: null },
  ])(
    "damaged at random gives as many rows as before or a typed error: $source",
    async ({ source, rows }) => {
      const seed = 20261124;
      const random = seeded(seed);
      const whole = readFileSync(DATA + source);
      const expected = rows ?? (await spark.read.parquet(DATA + source).collect()).length;
      const footer = whole.length - 8 - whole.readUInt32LE(whole.length - 8);
      let failures = 0;
      for (let i = 0; i < 60; i++) {
        const bytes = Buffer.from(whole);
        const many = 1 + Math.floor(random() * 8);
        const at = Math.floor(random() * (i % 3 === 0 ? whole.length : footer));
        for (let k = 0; k < many && at + k < bytes.length; k++)
          bytes[at + k] = Math.floor(random() * 256);
        const path = file("damaged.parquet", bytes);
        try {
          const frame = spark.read.parquet(path);
          const got = (await frame.run({ timeoutMs: 20_000 })).rows();
          if (at < footer) expect(got, `seed ${seed}, try ${i}`).toHaveLength(expected);
        } catch (thrown) {
          failures++;
          if (!(thrown instanceof TindraError)) throw thrown;
          expect(["data", "analysis", "resources"], `try ${i}: ${thrown.message}`).toContain(
            thrown.family,
          );
          expect(thrown.condition).not.toBe("TASK_FAILED");
        }
      }
      expect(failures).toBeGreaterThan(0);
      copyFileSync(DATA + source, join(folder, "damaged.parquet"));
      expect(await spark.read.parquet(join(folder, "damaged.parquet")).collect()).toHaveLength(
        expected,
      );
    },
  );
});
