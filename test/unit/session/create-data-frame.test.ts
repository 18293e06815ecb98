import { describe, expect, it } from "vitest";
import { Decimal, Schema, Timestamp } from "../../../src/index.ts";
import { createDataFramePlan, type RowLike } from "../../../src/session/create-data-frame.ts";
import type { SchemaLike } from "../../../src/session/schema-like.ts";

const make = (rows: readonly RowLike[], schema: SchemaLike | readonly string[] | null = null) => {
  const plan = createDataFramePlan(rows, schema, "UTC");
  if (plan.kind !== "localRelation") throw new TypeError(plan.kind);
  const fields = plan.output.map(({ name, type, nullable }) => ({ name, type, nullable }));
  return { schema: new Schema(fields).simpleString(), rows: plan.rows };
};

describe("rows given as JavaScript values", () => {
  it("take the narrowest type that holds all values of a column", () => {
    const rows = [
      { i: 1, d: 1, l: 1, b: true, s: "x", m: new Decimal(150n, 2), t: new Date(0) },
      { i: null, d: 0.5, l: 2n, b: null, s: null, m: new Decimal(-12345n, 1), t: null },
    ];
    expect(make(rows).schema).toBe(
      "struct<i:int,d:double,l:bigint,b:boolean,s:string,m:decimal(6,2),t:timestamp>",
    );
  });

  it("keep every digit", () => {
    const rows = [[2n ** 63n - 1n, new Timestamp(1n), Uint8Array.of(1, 2), 3e9, Number.NaN]];
    expect(make(rows)).toEqual({
      schema: "struct<_1:bigint,_2:timestamp,_3:binary,_4:double,_5:double>",
      rows: [["9223372036854775807", "1", "AQI=", 3e9, "NaN"]],
    });
  });

  it("take nested types", () => {
    const rows = [
      { a: [1, null], m: new Map([["k", 1.5]]), s: { x: [], y: "q" } },
      { s: { x: [2] } },
    ];
    expect(make(rows).schema).toBe(
      "struct<a:array<int>,m:map<string,double>,s:struct<x:array<int>,y:string>>",
    );
  });

  it("take their names or types from a schema", () => {
    expect(make([[1, "x"]], ["id", "name"]).schema).toBe("struct<id:int,name:string>");
    const typed = make([{ b: 2, a: 1.25 }], "a DECIMAL(5,2), b BIGINT NOT NULL, c DATE");
    expect(typed).toEqual({
      schema: "struct<a:decimal(5,2),b:bigint,c:date>",
      rows: [["125", "2", null]],
    });
    expect(make([["2024-02-29", "2024-02-29 12:00:00"]], "d DATE, t TIMESTAMP").rows).toEqual([
      [19782, "1709208000000000"],
    ]);
  });

  it.each<[readonly RowLike[], string | null, string]>([
    [[{ a: 1 }, { a: "x" }], null, "CANNOT_MERGE_TYPE"],
    [[{ a: null }], null, "CANNOT_DETERMINE_TYPE"],
    [[{ a: 300 }], "a TINYINT", "FIELD_DATA_TYPE_UNACCEPTABLE"],
    [[{ a: 1.5 }], "a INT", "FIELD_DATA_TYPE_UNACCEPTABLE"],
    [[{ a: "1" }], "a INT", "FIELD_DATA_TYPE_UNACCEPTABLE"],
    [[{ a: "1.234" }], "a DECIMAL(5,2)", "FIELD_DATA_TYPE_UNACCEPTABLE"],
    [[{ a: "not a day" }], "a DATE", "FIELD_DATA_TYPE_UNACCEPTABLE"],
    [[{ b: 1 }], "a INT", "UNRESOLVED_COLUMN.WITH_SUGGESTION"],
    [[{}], "a INT NOT NULL", "FIELD_NOT_NULLABLE_WITH_NAME"],
    [[[1, 2]], "a INT", "AXIS_LENGTH_MISMATCH"],
    [["x" as unknown as RowLike], null, "CANNOT_INFER_SCHEMA_FOR_TYPE"],
  ])("refuse %o as %s with %s", (rows, schema, condition) => {
    expect(() => make(rows, schema)).toThrow(expect.objectContaining({ condition }));
  });
});
