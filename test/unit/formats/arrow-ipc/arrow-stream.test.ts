import { tableFromIPC } from "apache-arrow";
import { describe, expect, it, vi } from "vitest";
import {
  array,
  BINARY,
  BOOLEAN,
  BYTE,
  DATE,
  type DataType,
  DOUBLE,
  dayTimeInterval,
  decimal,
  type Field,
  FLOAT,
  field,
  INT,
  LONG,
  map,
  NULL,
  SHORT,
  STRING,
  struct,
  TIMESTAMP,
  TIMESTAMP_NTZ,
  yearMonthInterval,
} from "../../../../src/columnar/data-type.ts";
import type { Batch, Lane } from "../../../../src/columnar/vector.ts";
import { TindraError } from "../../../../src/common/errors.ts";
import { ArrowStreamWriter } from "../../../../src/formats/arrow-ipc/arrow-stream-writer.ts";
import { decodeArrowPieces } from "../../../../src/formats/arrow-ipc/decode-arrow-pieces.ts";
import { decodeArrowStream } from "../../../../src/formats/arrow-ipc/decode-arrow-stream.ts";
import { readArrowStream } from "../../../../src/formats/arrow-ipc/read-arrow-stream.ts";
import {
  batchOf,
  type TestMemory,
  testMemory,
  type VectorShape,
} from "../../../support/memory-vectors.ts";

vi.setConfig({ testTimeout: 30_000 });

const POINT = struct([field("x", INT), field("y", STRING)]);
const BIG = 10n ** 37n;

/** Some values of every type; every column has as many. */
const SAMPLES: readonly (readonly [DataType, readonly unknown[]])[] = [
  [NULL, [null, null, null, null]],
  [BOOLEAN, [true, false, null, true]],
  [BYTE, [-128, 127, null, 0]],
  [SHORT, [-32768, 32767, null, 0]],
  [INT, [-(2 ** 31), 2 ** 31 - 1, null, 0]],
  [LONG, [-(2n ** 63n), 2n ** 63n - 1n, null, 0n]],
  [FLOAT, [0.5, -0, null, Number.NaN]],
  [DOUBLE, [Math.PI, Number.POSITIVE_INFINITY, null, -0]],
  [decimal(7, 2), [-1234567n, 7654321n, null, 0n]],
  [decimal(38, 10), [-BIG, BIG + 1n, null, -1n]],
  [STRING, ["", "häßlich 🙂", null, "x".repeat(100)]],
  [BINARY, [new Uint8Array([0, 255]), new Uint8Array(0), null, new Uint8Array(70).fill(7)]],
  [DATE, [-719162, 20000, null, 0]],
  [TIMESTAMP, [-1n, 1700000000000000n, null, 0n]],
  [TIMESTAMP_NTZ, [-1n, 1700000000000000n, null, 0n]],
  [yearMonthInterval(), [-13, 25, null, 0]],
  [dayTimeInterval(), [-1n, 86400000000n, null, 0n]],
  [array(INT), [[1, null, 3], [], null, [4]]],
  [map(STRING, LONG), [[["a", 1n]], [], null, [["b", null]]]],
  [POINT, [[1, "a"], [null, null], null, [2, ""]]],
];
const FIELDS = SAMPLES.map(([type], i) => field(`c${i}`, type));
const COLUMNS = SAMPLES.map(([, values]) => values);

function written(
  test: TestMemory,
  fields: readonly Field[],
  batches: readonly Batch[],
  options = {},
): Uint8Array {
  const writer = new ArrowStreamWriter({ ...test, schema: fields, ...options });
  for (const batch of batches) writer.append(batch);
  return writer.finish();
}

function decoded(bytes: Uint8Array, fields: readonly Field[]): unknown[][] {
  const columns: unknown[][] = fields.map(() => []);
  for (const batch of decodeArrowStream(bytes, fields))
    for (const [i, values] of batch.columns.entries()) columns[i]?.push(...values);
  return columns;
}

/** Reads a stream into memory, writes what was read once more, and decodes that. */
function readBack(test: TestMemory, bytes: Uint8Array, fields: readonly Field[]): unknown[][] {
  const address = test.arena.allocate(bytes.length);
  test.memory.bytes(address, bytes.length).set(bytes);
  const stream = { address, sizeBytes: bytes.length, fields };
  const batches = [...readArrowStream(stream, test.arena, test.kernels)];
  return decoded(written(test, fields, batches), fields);
}

describe("an Arrow stream", () => {
  it.each(["none", "zstd"])(
    "keeps every value of every type, compressed with %s",
    (compression) => {
      const test = testMemory();
      const bytes = written(test, FIELDS, [batchOf(test.arena, FIELDS, COLUMNS)], { compression });
      expect(decoded(bytes, FIELDS)).toEqual(COLUMNS);
      expect(readBack(test, bytes, FIELDS)).toEqual(COLUMNS);
    },
  );

  it.each([1, 2, 4] as const)(
    "writes dictionaries with codes of %d bytes as plain values",
    (codeBytes) => {
      const test = testMemory();
      const shapes = FIELDS.map(() => ({ codeBytes }));
      const bytes = written(test, FIELDS, [batchOf(test.arena, FIELDS, COLUMNS, shapes)]);
      expect(decoded(bytes, FIELDS)).toEqual(COLUMNS);
    },
  );

  it("is the same in pieces, wherever it is cut, but not without its end", async () => {
    const test = testMemory();
    const batches = [COLUMNS, COLUMNS].map((columns) => batchOf(test.arena, FIELDS, columns));
    const bytes = written(test, FIELDS, batches, { batchRows: 3 });
    const inPieces = async (of: Uint8Array, pieceBytes: number): Promise<unknown[][]> => {
      async function* pieces(): AsyncGenerator<Uint8Array, void, void> {
        for (let at = 0; at < of.length; at += pieceBytes) yield of.slice(at, at + pieceBytes);
      }
      const columns: unknown[][] = FIELDS.map(() => []);
      for await (const batch of decodeArrowPieces(pieces(), FIELDS))
        for (const [i, values] of batch.columns.entries()) columns[i]?.push(...values);
      return columns;
    };
    const whole = decoded(bytes, FIELDS);
    for (const pieceBytes of [1, 7, 1000, bytes.length])
      expect(await inPieces(bytes, pieceBytes)).toEqual(whole);
    for (const missing of [1, 9, 100])
      await expect(inPieces(bytes.slice(0, -missing), 64)).rejects.toMatchObject({
        condition: "CORRUPT_EXCHANGE",
      });
  });

  it("joins batches with and without nulls, in order, and splits at its batch size", () => {
    const test = testMemory();
    const fields = [field("i", INT), field("s", STRING), field("b", BOOLEAN)];
    const parts = Array.from({ length: 30 }, (_, part) =>
      Array.from({ length: part % 7 }, (_, row) => {
        const value = part * 10 + row;
        return part % 3 === 0 && row === 1
          ? [null, null, null]
          : [value, `v${value}`, value % 2 === 0];
      }),
    );
    const batches = parts.map((rows) =>
      batchOf(
        test.arena,
        fields,
        fields.map((_, i) => rows.map((row) => row[i])),
      ),
    );
    const bytes = written(test, fields, batches, { batchRows: 10 });
    expect([...decodeArrowStream(bytes, fields)].every(({ rows }) => 0 < rows && rows <= 10)).toBe(
      true,
    );
    const expected = fields.map((_, i) => parts.flat().map((row) => row[i]));
    expect(decoded(bytes, fields)).toEqual(expected);
    expect(readBack(test, bytes, fields)).toEqual(expected);
  });

  it("grows past its first buffers", () => {
    const test = testMemory();
    const fields = [field("l", LONG), field("s", STRING), field("b", BOOLEAN)];
    const rows = Array.from({ length: 5000 }, (_, i) => i);
    const columns = [
      rows.map((i) => (i % 5 ? BigInt(i) : null)),
      rows.map((i) => "y".repeat(i % 90)),
      rows.map((i) => i % 3 === 0),
    ];
    const chunks = [0, 100, 1000, 4000, 5000];
    const batches = chunks.slice(1).map((end, i) =>
      batchOf(
        test.arena,
        fields,
        columns.map((column) => column.slice(chunks[i], end)),
      ),
    );
    const bytes = written(test, fields, batches);
    expect(decoded(bytes, fields)).toEqual(columns);
  });

  const narrow: readonly (readonly [DataType, Lane, readonly unknown[]])[] = [
    [LONG, "i32", [-5n, 7n, null]],
    [LONG, "i8", [-5n, 7n, null]],
    [INT, "i16", [-5, 7, null]],
    [SHORT, "i8", [-5, 7, null]],
    [decimal(9, 2), "i32", [-5n, 7n, null]],
    [decimal(30, 2), "i32", [-5n, 7n, null]],
    [decimal(30, 2), "i64", [-(2n ** 60n), 7n, null]],
  ];
  it.each(narrow)("widens %j from a file's %s", (type, lane, values) => {
    const test = testMemory();
    const fields = [field("v", type)];
    for (const shape of [{ lane }, { lane, codeBytes: 1 }] satisfies VectorShape[]) {
      const bytes = written(test, fields, [batchOf(test.arena, fields, [values], [shape])]);
      expect(decoded(bytes, fields)).toEqual([values]);
    }
  });

  it("has no batch where there is no row", () => {
    const test = testMemory();
    const bytes = written(test, FIELDS, []);
    expect([...decodeArrowStream(bytes, FIELDS)]).toEqual([]);
    expect(bytes.length % 8).toBe(0);
  });

  it("is a stream that apache-arrow reads", () => {
    const test = testMemory();
    const plain = FIELDS.filter(({ type }) => !(type.kind === "decimal" && type.precision <= 18));
    const columns = COLUMNS.filter((_, i) => plain.includes(FIELDS[i] as Field));
    const table = tableFromIPC(written(test, plain, [batchOf(test.arena, plain, columns)]));
    expect(table.schema.fields.map(({ type }) => `${type}`)).toMatchInlineSnapshot(`
      [
        "Null",
        "Bool",
        "Int8",
        "Int16",
        "Int32",
        "Int64",
        "Float32",
        "Float64",
        "Decimal[38e+10]",
        "Utf8",
        "Binary",
        "Date32<DAY>",
        "Timestamp<MICROSECOND, UTC>",
        "Timestamp<MICROSECOND>",
        "Interval<YEAR_MONTH>",
        "Duration<MICROSECOND>",
        "Binary",
        "Binary",
        "Binary",
      ]
    `);
    expect(table.schema.fields.at(-1)?.metadata.get("tindra:type")).toBe(JSON.stringify(POINT));
    const column = (type: DataType) => [
      ...(table.getChildAt(plain.findIndex((f) => f.type === type)) ?? []),
    ];
    expect(column(BOOLEAN)).toEqual([true, false, null, true]);
    expect(column(LONG)).toEqual([-(2n ** 63n), 2n ** 63n - 1n, null, 0n]);
    expect(column(STRING)).toEqual(["", "häßlich 🙂", null, "x".repeat(100)]);
    expect(column(DOUBLE)).toEqual([Math.PI, Number.POSITIVE_INFINITY, null, -0]);
    expect(column(NULL)).toEqual([null, null, null, null]);
  });

  it("ends in a typed error or in rows, wherever it is cut off or broken", () => {
    const test = testMemory();
    const bytes = written(test, FIELDS, [batchOf(test.arena, FIELDS, COLUMNS)], {
      compression: "zstd",
    });
    const address = test.arena.allocate(bytes.length);
    let broken = 0;
    const attempt = (changed: Uint8Array) => {
      test.memory.bytes(address, changed.length).set(changed);
      const scratch = test.memory.arena();
      try {
        const stream = { address, sizeBytes: changed.length, fields: FIELDS };
        return [...readArrowStream(stream, scratch, test.kernels)].length;
      } catch (thrown) {
        if (!(thrown instanceof TindraError)) throw thrown;
        expect(thrown).toMatchObject({
          condition: expect.stringMatching(/CORRUPT_EXCHANGE|MEMORY_LIMIT/),
        });
        broken++;
        return 0;
      } finally {
        scratch.reset();
      }
    };
    for (let end = 8; end < bytes.length - 8; end += 40) attempt(bytes.slice(0, end));
    for (let at = 0; at < bytes.length; at += 7)
      attempt(bytes.map((byte, i) => (i === at ? byte ^ 0xff : byte)));
    expect(broken).toBeGreaterThan(100);
  });
});
