import { describe, expect, it } from "vitest";
import { renderTable } from "../../../src/answer/render-table.ts";

const lines = (...of: string[]): string => of.join("\n");
const ids = (count: number): string[][] =>
  Array.from({ length: count }, (_, i) => [`${i}`, `v${i}`]);

describe("the text of show, as Spark 4.2.1 prints it", () => {
  it("aligns right and ends with an empty line after println", () => {
    expect(renderTable(["id", "v"], ids(2), 20)).toBe(
      lines("+---+---+", "| id|  v|", "+---+---+", "|  0| v0|", "|  1| v1|", "+---+---+", ""),
    );
  });

  it("says how many rows it shows where there are more", () => {
    expect(renderTable(["id", "v"], ids(2), 1)).toBe(
      lines(
        "+---+---+",
        "| id|  v|",
        "+---+---+",
        "|  0| v0|",
        "+---+---+",
        "only showing top 1 row",
      ),
    );
    expect(renderTable(["id", "v"], ids(3), 2)).toContain("\nonly showing top 2 rows");
    expect(renderTable(["id", "v"], ids(1), 0)).toBe(
      lines("+---+---+", "| id|  v|", "+---+---+", "+---+---+", "only showing top 0 rows"),
    );
  });

  it("shows columns without rows, and rows without columns", () => {
    expect(renderTable(["1"], [], 20)).toBe(lines("+---+", "|  1|", "+---+", "+---+", ""));
    expect(renderTable([], [[]], 20)).toBe(lines("++", "||", "++", "||", "++", ""));
  });

  it("cuts cells, escapes control characters and counts wide characters twice", () => {
    const names = ["a", "b", "c", "d", "e", "f", "g", "h"];
    const row = [
      "a\nb\tc\rd",
      "abcdefghijklmnopqrstuvwxyz",
      "12345678901234567890",
      "123456789012345678901",
      "日本語テスト",
      "é",
      "😀",
      "\u0007\u000b\b\fx",
    ];
    expect(renderTable(names, [row], 20)).toBe(
      lines(
        "+----------+--------------------+--------------------+--------------------+------------+---+---+---------+",
        "|         a|                   b|                   c|                   d|           e|  f|  g|        h|",
        "+----------+--------------------+--------------------+--------------------+------------+---+---+---------+",
        "|a\\nb\\tc\\rd|abcdefghijklmnopq...|12345678901234567890|12345678901234567...|日本語テスト|  é| 😀|\\a\\v\\b\\fx|",
        "+----------+--------------------+--------------------+--------------------+------------+---+---+---------+",
        "",
      ),
    );
  });

  it("aligns left where nothing is cut", () => {
    expect(renderTable(["a"], [["x"]], 20, { truncate: false })).toBe(
      lines("+---+", "|a  |", "+---+", "|x  |", "+---+", ""),
    );
  });

  it("cuts without dots below four characters", () => {
    const cells = [["0", "abcdefghijklmnopqrstuvwxyz"]];
    expect(renderTable(["id", "long"], cells, 20, { truncate: 3 })).toContain("|  0| abc|");
    expect(renderTable(["id", "long"], cells, 20, { truncate: 5 })).toContain("|  0|ab...|");
  });

  it("shows one value a line where vertical", () => {
    expect(renderTable(["id", "v"], ids(3), 2, { vertical: true })).toBe(
      lines(
        "-RECORD 0--",
        " id  | 0   ",
        " v   | v0  ",
        "-RECORD 1--",
        " id  | 1   ",
        " v   | v1  ",
        "only showing top 2 rows",
      ),
    );
    expect(renderTable(["id", "v"], [], 2, { vertical: true })).toBe("(0 rows)");
    const cells = [["0", "abcdefghijklmnopqrstuvwxyz", "日本語"]];
    const options = { vertical: true, truncate: 10 };
    expect(renderTable(["id", "long_column_name", "j"], cells, 20, options)).toBe(
      lines(
        "-RECORD 0----------------------",
        " id               | 0          ",
        " long_column_name | abcdefg... ",
        " j                | 日本語     ",
        "",
      ),
    );
  });
});
