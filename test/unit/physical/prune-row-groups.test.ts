import { describe, expect, it } from "vitest";
import {
  BINARY,
  DATE,
  type DataType,
  DOUBLE,
  decimal,
  INT,
  LONG,
  STRING,
} from "../../../src/columnar/data-type.ts";
import type { LiteralJson } from "../../../src/columnar/literal-json.ts";
import { pruneRowGroups } from "../../../src/physical/prune-row-groups.ts";
import type { Expression } from "../../../src/plan/expression.ts";
import { attribute, type ColumnSpec, condition, fileFacts, literal } from "../../support/plans.ts";

/** Which of a file's row groups are left by a filter on a column with these bounds. */
function left(
  type: DataType,
  groups: readonly ColumnSpec[],
  where: (c: Expression, of: (v: LiteralJson) => Expression) => Expression,
) {
  const c = attribute(1, "c", type, true);
  const file = fileFacts(
    "f",
    [c],
    groups.map((spec) => ({ rows: 10, columns: { c: spec } })),
  );
  const pruned = pruneRowGroups([file], [where(c, (value) => literal(value, type))], "UTC");
  const kept = pruned.files.flatMap((f) => f.rowGroups.map((group) => group.index));
  expect(pruned.prunedRowGroups).toBe(groups.length - kept.length);
  return kept;
}

const LONGS = [
  { min: "1", max: "10" },
  { min: "11", max: "20" },
  { min: "9007199254740993", max: "9007199254740995" },
];

describe("row groups are left out", () => {
  it("where all values are on the wrong side of a bound", () => {
    expect(left(LONG, LONGS, (c, of) => condition("<", c, of("11")))).toEqual([0]);
    expect(left(LONG, LONGS, (c, of) => condition("<=", c, of("11")))).toEqual([0, 1]);
    expect(left(LONG, LONGS, (c, of) => condition(">", of("11"), c))).toEqual([0]);
    expect(left(LONG, LONGS, (c, of) => condition(">=", c, of("20")))).toEqual([1, 2]);
  });

  it("where a value lies outside, to the last digit", () => {
    expect(left(LONG, LONGS, (c, of) => condition("=", c, of("15")))).toEqual([1]);
    expect(left(LONG, LONGS, (c, of) => condition("=", c, of("9007199254740992")))).toEqual([]);
    const type = decimal(38, 2);
    const decimals = [{ min: "100", max: "99999999999999999999999999999999999998" }];
    expect(
      left(type, decimals, (c, of) =>
        condition("=", c, of("99999999999999999999999999999999999999")),
      ),
    ).toEqual([]);
  });

  it("where no value of a list, no alternative or not every conjunct is possible", () => {
    expect(left(LONG, LONGS, (c, of) => condition("in", c, of("0"), of("20")))).toEqual([1]);
    expect(
      left(LONG, LONGS, (c, of) =>
        condition("or", condition("=", c, of("1")), condition("=", c, of("0"))),
      ),
    ).toEqual([0]);
    expect(
      left(LONG, LONGS, (c, of) =>
        condition("and", condition(">", c, of("5")), condition("<", c, of("8"))),
      ),
    ).toEqual([0]);
  });

  it("where texts are smaller by their UTF-8 bytes, or start otherwise", () => {
    const texts = [
      { min: "apple", max: "banana" },
      { min: "ｚ", max: "🍎" },
    ];
    expect(left(STRING, texts, (c, of) => condition(">", c, of("ｚ")))).toEqual([1]);
    expect(left(STRING, texts, (c, of) => condition("startswith", c, of("app")))).toEqual([0]);
    expect(left(STRING, texts, (c, of) => condition("startswith", c, of("b")))).toEqual([0]);
    expect(left(STRING, texts, (c, of) => condition("startswith", c, of("c")))).toEqual([]);
  });

  it("where there are only nulls, or none", () => {
    const groups = [{ nulls: 10 }, { min: 1, max: 2, nulls: 0 }, { min: 1, max: 2, nulls: 3 }];
    expect(left(INT, groups, (c) => condition("isnull", c))).toEqual([0, 2]);
    expect(left(INT, groups, (c) => condition("isnotnull", c))).toEqual([1, 2]);
    expect(left(INT, groups, (c, of) => condition("<", c, of(9)))).toEqual([1, 2]);
    expect(left(INT, groups, (c) => condition("=", c, literal(null, INT)))).toEqual([]);
    expect(left(INT, groups, (c) => condition("<=>", c, literal(null, INT)))).toEqual([0, 2]);
  });
});

describe("row groups stay", () => {
  it("where the writer left no statistics, or some of a type without an order here", () => {
    expect(left(INT, [{}], (c, of) => condition("=", c, of(5)))).toEqual([0]);
    expect(
      left(BINARY, [{ min: "AA==", max: "AQ==" }], (c, of) => condition("=", c, of("/w=="))),
    ).toEqual([0]);
  });

  it("where NaN, which statistics leave out, may be greater than the bound", () => {
    const doubles = [{ min: 1, max: 2 }];
    expect(left(DOUBLE, doubles, (c, of) => condition(">", c, of(5)))).toEqual([0]);
    expect(left(DOUBLE, doubles, (c, of) => condition("=", c, of("NaN")))).toEqual([0]);
    expect(left(DOUBLE, doubles, (c, of) => condition("<", c, of(1)))).toEqual([]);
    expect(left(DOUBLE, [{ min: "NaN", max: "NaN" }], (c, of) => condition("=", c, of(1)))).toEqual(
      [0],
    );
  });

  it("where the condition is none that bounds decide", () => {
    expect(left(LONG, LONGS, (c) => condition("=", c, c))).toEqual([0, 1, 2]);
    expect(left(LONG, LONGS, (c, of) => condition("not", condition("=", c, of("5"))))).toEqual([
      0, 1, 2,
    ]);
  });
});

describe("partition columns", () => {
  const day = attribute(1, "day", DATE, true);
  const files = ["2024-02-29", "2024-03-01", null].map((value, i) =>
    fileFacts(`f${i}`, [], [{ rows: 5 }], { day: value }),
  );

  it("leave out whole files", () => {
    const later = condition(">", day, literal(19782, DATE));
    expect(pruneRowGroups(files, [later], "UTC")).toEqual({
      files: [files[1]],
      prunedRowGroups: 2,
    });
  });

  it("know null", () => {
    expect(pruneRowGroups(files, [condition("isnull", day)], "UTC").files).toEqual([files[2]]);
    expect(pruneRowGroups(files, [condition("isnotnull", day)], "UTC").files).toEqual(
      files.slice(0, 2),
    );
  });
});
