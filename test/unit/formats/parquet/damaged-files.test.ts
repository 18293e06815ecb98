import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { DataError } from "../../../../src/common/errors.ts";
import { testMemory } from "../../../support/memory-vectors.ts";
import { decodeParquet, PARQUET_FOLDER, readParquet } from "../../../support/parquet-files.ts";

const reuse = testMemory(256 << 20);

/** Numerical Recipes' generator: the same mutations in every run. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function bytesOf(name: string): Uint8Array {
  return readFileSync(`${PARQUET_FOLDER}${name}.parquet`);
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function damaged(
  bytes: Uint8Array,
  random: (below: number) => number,
  { start, end }: Span,
): Uint8Array {
  const copy = new Uint8Array(bytes);
  for (let left = 1 + random(4); left > 0; left--)
    copy[start + random(end - start)] = random(3) === 0 ? 0xff : random(256);
  return copy;
}

/** Fails where anything but rows of the right number or a `DataError` comes out. */
async function readDamaged(bytes: Uint8Array): Promise<"rows" | "error"> {
  try {
    let rows = 0;
    const { facts } = await decodeParquet(bytes, undefined, reuse, (_, batch) => {
      rows += batch.rows;
    });
    expect(rows).toBe(facts.rows);
    return "rows";
  } catch (thrown) {
    if (thrown instanceof DataError) return "error";
    throw thrown;
  }
}

async function outcomes(
  name: string,
  seed: number,
  times: number,
  span: (bytes: Uint8Array) => Span,
): Promise<{ rows: number; error: number }> {
  const bytes = bytesOf(name);
  const random = generator(seed);
  const seen = { rows: 0, error: 0 };
  for (let i = 0; i < times; i++) seen[await readDamaged(damaged(bytes, random, span(bytes)))]++;
  return seen;
}

function footerSpan(bytes: Uint8Array): Span {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 8, true);
  return { start: bytes.length - 8 - length, end: bytes.length };
}

const dataSpan = (bytes: Uint8Array): Span => ({ start: 4, end: footerSpan(bytes).start });

describe("damaged bytes end in rows or a data error", () => {
  const flat = [
    "pyarrow-small-pages",
    "pyarrow-small-pages-v2",
    "pyarrow-none",
    "pyarrow-dictionary-overflow",
    "spark-snappy",
    "duckdb-zstd",
    "pyarrow-delta-v2",
    "pyarrow-delta-bytes-v1",
    "pyarrow-delta-length-v2",
    "pyarrow-byte-stream-split-v1",
    "spark-lz4raw",
  ];
  test.each(flat)("800 times in the pages of %s", { timeout: 60_000 }, async (name) => {
    const seen = await outcomes(name, 11, 800, dataSpan);
    expect(seen.rows).toBeGreaterThan(0);
    expect(seen.error).toBeGreaterThan(0);
  });

  test.each(["pyarrow-snappy", "spark-small-pages"])(
    "750 times in the footer of %s",
    { timeout: 60_000 },
    async (name) => {
      const seen = await outcomes(name, 23, 750, footerSpan);
      expect(seen.error).toBeGreaterThan(0);
    },
  );

  test.each(["pyarrow-nested", "spark-nested"])(
    "100 times in the pages of %s",
    { timeout: 60_000 },
    async (name) => {
      const before = await readParquet(bytesOf(name), undefined, reuse);
      const seen = await outcomes(name, 5, 100, dataSpan);
      expect(seen.rows).toBeGreaterThan(0);
      expect(seen.error).toBeGreaterThan(0);
      const after = await readParquet(bytesOf(name), undefined, reuse);
      expect(after.columns).toEqual(before.columns);
    },
  );
});

test("a file cut off anywhere is a data error", async () => {
  const bytes = bytesOf("spark-snappy");
  for (let length = 0; length < bytes.length; length += 97)
    await expect(readParquet(bytes.subarray(0, length), undefined, reuse)).rejects.toThrow(
      DataError,
    );
});
