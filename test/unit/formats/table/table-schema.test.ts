import { describe, expect, it } from "vitest";
import {
  array,
  type DataType,
  decimal,
  field,
  INT,
  LONG,
  STRING,
  simpleString,
  struct,
} from "../../../../src/columnar/data-type.ts";
import type { FileFacts } from "../../../../src/columnar/file-facts.ts";
import { mergeSchemas } from "../../../../src/formats/table/table-schema.ts";

const file = (path: string, columns: Record<string, DataType>): FileFacts => ({
  path,
  sizeBytes: 0,
  etag: "",
  partitionValues: {},
  fields: Object.entries(columns).map(([name, type]) => field(name, type, false)),
  rows: 0,
  rowGroups: [],
  footerBytes: 0,
});

const merged = (...files: FileFacts[]) =>
  mergeSchemas(files).map(
    (f) => `${f.name} ${simpleString(f.type)}${f.nullable ? "" : " not null"}`,
  );

describe("mergeSchemas", () => {
  it("joins columns by name, case ignored, in the order they first appear, all nullable", () => {
    expect(merged(file("x", { a: INT, b: STRING }), file("y", { c: LONG, B: STRING }))).toEqual([
      "a int",
      "b string",
      "c bigint",
    ]);
    const structs = [struct([field("x", INT)]), struct([field("x", INT), field("y", STRING)])];
    expect(merged(...structs.map((s, i) => file(`${i}`, { s: array(s) })))).toEqual([
      "s array<struct<x:int,y:string>>",
    ]);
  });

  it("widens decimals of one scale", () => {
    expect(merged(file("x", { a: decimal(10, 2) }), file("y", { a: decimal(20, 2) }))).toEqual([
      "a decimal(20,2)",
    ]);
  });

  it.each([
    [INT, STRING],
    [INT, LONG],
    [decimal(10, 2), decimal(20, 3)],
    [array(INT), array(LONG)],
    [INT, { kind: "double" } as const],
  ])("names both files, the column and both types of %j and %j", (first, other) => {
    const types = [simpleString(first), simpleString(other)];
    expect(() => merged(file("x", { a: first }), file("y", { a: other }))).toThrow(
      expect.objectContaining({
        condition: "CANNOT_MERGE_SCHEMAS",
        sqlState: "42KD9",
        message: `Failed merging schemas: the column \`a\` is ${types[0]} in \`x\` and ${types[1]} in \`y\`.`,
      }),
    );
  });

  it("refuses a file with one name twice", () => {
    expect(() => merged(file("x", { a: INT, A: INT }))).toThrow(
      expect.objectContaining({ condition: "COLUMN_ALREADY_EXISTS" }),
    );
  });
});
