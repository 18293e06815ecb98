import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type DataType, decimal, simpleString } from "../../../../src/columnar/data-type.ts";
import { partitionLiteral } from "../../../../src/columnar/partition-value.ts";
import { inferPartitionType } from "../../../../src/formats/table/infer-partition-type.ts";
import { unescapePath } from "../../../../src/formats/table/partition-folders.ts";

// Spark's answers for a table whose folders are p=TEXT.
const SPARK: readonly (readonly [texts: (string | null)[], type: string])[] = [
  [["1", "2"], "int"],
  [["1", "3000000000"], "bigint"],
  [["1", "99999999999999999999"], "decimal(20,0)"],
  [["1", "1.5"], "double"],
  [["1.5", "2.25"], "double"],
  [["1e3"], "decimal(4,0)"],
  [["1", "abc"], "string"],
  [["2024-01-01", "2024-02-01"], "date"],
  [["2024-01-01", "1"], "string"],
  [["2024-01-01", "2024-01-01 10:00:00"], "timestamp"],
  [["2024-01-01 10:00:00"], "timestamp"],
  [["2024-01-01 10%3A00%3A00.1"], "timestamp"],
  [["2024-01-01 10:00:00.12"], "string"],
  [["2024-01-01 10:00:00", "2024-01-01 10:00:00.123456"], "string"],
  [[null], "void"],
  [[null, "1"], "int"],
  [["true"], "string"],
  [["01", "1"], "int"],
  [["-5", " 7"], "double"],
  [["1.0", "3000000000"], "string"],
  [["1.0", "99999999999999999999"], "string"],
  [["2024-1-1"], "string"],
  [["2024"], "int"],
  [["2024-01"], "string"],
  [["NaN"], "double"],
  [["1d"], "double"],
  [["1L"], "string"],
  [["+1"], "int"],
  [["2024-02-30"], "string"],
  [["2024-01-01T10:00:00"], "string"],
  [["2024-01-01 10:00:00", "5"], "string"],
  [["2024-01-01", "1.5"], "string"],
  [["%"], "string"],
  [["0x10"], "string"],
  [["1e400"], "double"],
  [[".5"], "double"],
  [["1_000"], "string"],
];

/** Spark 4.2.1's types of more texts, and ours where we know no hexadecimal, no other digits and no TIME. */
const MORE: readonly {
  readonly texts: readonly (string | null)[];
  readonly type: string;
  readonly tindra?: string;
}[] = JSON.parse(
  readFileSync(new URL("../../../data/layouts/partition-types.json", import.meta.url), "utf8"),
);

describe("inferPartitionType", () => {
  it.each(MORE)("gives folders $texts Spark's type $type", ({ texts, type, tindra }) => {
    const inferred = inferPartitionType(texts);
    expect(simpleString(inferred)).toBe(tindra ?? type);
    for (const text of texts)
      expect(() => partitionLiteral(text && unescapePath(text), inferred, "UTC")).not.toThrow();
  });

  it.each(SPARK)("gives folders %j Spark's type %s", (texts, type) => {
    expect(simpleString(inferPartitionType(texts))).toBe(type);
  });

  it("infers a type that all of its texts can be read as", () => {
    for (const [texts] of SPARK) {
      const type = inferPartitionType(texts);
      for (const text of texts)
        expect(
          () => partitionLiteral(text && unescapePath(text), type, "UTC"),
          `${text}`,
        ).not.toThrow();
    }
  });
});

describe("partitionLiteral", () => {
  const of = (text: string | null, type: DataType, zone = "UTC") =>
    partitionLiteral(text, type, zone);

  it("reads texts as constants of the column's type", () => {
    expect(of("+01", { kind: "int" })).toBe(1);
    expect(of("3000000000", { kind: "long" })).toBe("3000000000");
    expect(of("1e3", decimal(4, 0))).toBe("1000");
    expect(of("-1.25", decimal(5, 3))).toBe("-1250");
    expect(of("1d", { kind: "double" })).toBe(1);
    expect(of("1e400", { kind: "double" })).toBe("Infinity");
    expect(of("NaN", { kind: "double" })).toBe("NaN");
    expect(of("1969-12-31", { kind: "date" })).toBe(-1);
    expect(of("TRUE", { kind: "boolean" })).toBe(true);
    expect(of(null, { kind: "int" })).toBeNull();
  });

  it("reads local times in the session's time zone, summer and winter", () => {
    expect(of("2024-01-01 00:00:00.5", { kind: "timestamp" })).toBe("1704067200500000");
    expect(of("2024-01-01 01:00:00", { kind: "timestamp" }, "Europe/Berlin")).toBe(
      "1704067200000000",
    );
    expect(of("2024-07-01 02:00:00", { kind: "timestamp" }, "Europe/Berlin")).toBe(
      "1719792000000000",
    );
    expect(of("2024-01-01 00:00:00", { kind: "timestamp_ntz" }, "Europe/Berlin")).toBe(
      "1704067200000000",
    );
  });

  it("names the text that is no such value", () => {
    expect(() => of("abc", { kind: "int" })).toThrow(
      expect.objectContaining({ condition: "CAST_INVALID_INPUT", sqlState: "22018" }),
    );
  });
});
