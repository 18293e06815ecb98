import { tableFromIPC } from "apache-arrow";
import { describe, expect, it } from "vitest";
import type { EngineValue } from "../../../src/answer/engine-value.ts";
import { QueryResult } from "../../../src/answer/query-result.ts";
import { streamOf } from "../../../src/answer/result-stream.ts";
import { Schema } from "../../../src/answer/schema.ts";
import type { FormatName } from "../../../src/cli/formats/format-name.ts";
import { writeResult } from "../../../src/cli/formats/write-result.ts";
import {
  array,
  BINARY,
  BOOLEAN,
  DATE,
  DOUBLE,
  decimal,
  type Field,
  FLOAT,
  field,
  LONG,
  map,
  STRING,
  struct,
  TIMESTAMP,
} from "../../../src/columnar/data-type.ts";
import { NO_WORK } from "../../../src/query/query-metrics.ts";

const FIELDS = [
  field("l", LONG),
  field("d", DOUBLE),
  field("f", FLOAT),
  field("m", decimal(20, 2)),
  field("s", STRING),
  field("b", BINARY),
  field("on", DATE),
  field("at", TIMESTAMP),
  field("yes", BOOLEAN),
  field("list", array(LONG)),
  field("kv", map(STRING, decimal(3, 1))),
  field("st", struct([field("x", LONG), field("y", STRING)])),
];
const ROWS: EngineValue[][] = [
  [
    9007199254740993n,
    Number.NaN,
    Math.fround(0.1),
    -1250n,
    'a "b", c\nd|e',
    Uint8Array.of(1, 255),
    19782,
    1709238896100000n,
    true,
    [1n, null],
    [["k", 15n]],
    [7n, null],
  ],
  [null, -0, Number.POSITIVE_INFINITY, null, "", null, null, null, false, null, null, null],
];

async function written(
  format: FormatName,
  fields: readonly Field[] = FIELDS,
  rows: readonly (readonly EngineValue[])[] = ROWS,
): Promise<string> {
  const pieces = [];
  for await (const piece of writeResult(streamOf(resultOf(fields, rows)), format))
    pieces.push(piece);
  return pieces.join("");
}

function resultOf(
  fields: readonly Field[],
  rows: readonly (readonly EngineValue[])[],
): QueryResult {
  const columns = fields.map((_, i) => rows.map((row) => row[i] ?? null));
  return new QueryResult({
    schema: new Schema(fields),
    rowCount: rows.length,
    batches: () => [{ rows: rows.length, columns }],
    metrics: NO_WORK,
    timeZone: "America/Los_Angeles",
  });
}

describe("a result", () => {
  it("is written as JSON with all digits", async () => {
    const text = await written("json");
    expect(text).toContain('{"name":"m","type":"decimal(20,2)"}');
    expect(text).toContain('{"name":"st","type":"struct<x:bigint,y:string>"}');
    expect(text.slice(text.indexOf('"rows"'))).toBe(
      '"rows":[[9007199254740993,"NaN",0.1,"-12.50","a \\"b\\", c\\nd|e","Af8=","2024-02-29",' +
        '"2024-02-29 12:34:56.1",true,[1,null],{"k":"1.5"},{"x":7,"y":null}],' +
        '[null,-0.0,"Infinity",null,"",null,null,null,false,null,null,null]]}\n',
    );
    expect(JSON.parse(text).rows).toHaveLength(2);
    expect(await written("json", [], [])).toBe('{"schema":[],"rows":[]}\n');
  });

  it("is written as one JSON object a line", async () => {
    const lines = (await written("jsonl")).trimEnd().split("\n");
    expect(lines).toHaveLength(2);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ m: "-12.50", st: { x: 7, y: null } });
  });

  it("is written as CSV that tells null from an empty text", async () => {
    expect(await written("csv")).toBe(
      "l,d,f,m,s,b,on,at,yes,list,kv,st\r\n" +
        '9007199254740993,NaN,0.1,-12.50,"a ""b"", c\nd|e",Af8=,2024-02-29,2024-02-29 12:34:56.1,true,' +
        '"[1,null]","{""k"":""1.5""}","{""x"":7,""y"":null}"\r\n' +
        ',-0.0,Infinity,,"",,,,false,,,\r\n',
    );
  });

  it("is written as a Markdown table", async () => {
    const fields = [field("n", LONG), field("text", STRING)];
    expect(await written("markdown", fields, [[12345n, "a|b\\c\nd"]])).toBe(
      "|     n | text         |\n| ----: | ------------ |\n| 12345 | a\\|b\\\\c<br>d |\n",
    );
  });

  it("is written as a table like show without cutting", async () => {
    const fields = [field("text", STRING)];
    expect(await written("table", fields, [["abcdefghijklmnopqrstuvwxyz"], [null]])).toBe(
      "+--------------------------+\n|text                      |\n+--------------------------+\n" +
        "|abcdefghijklmnopqrstuvwxyz|\n|NULL                      |\n+--------------------------+\n",
    );
  });

  it("is written as an Arrow stream with Arrow's own types", async () => {
    const pieces: Uint8Array[] = [];
    for await (const piece of writeResult(streamOf(resultOf(FIELDS, ROWS)), "arrow"))
      pieces.push(piece as Uint8Array);
    const table = tableFromIPC(Buffer.concat(pieces));
    expect(table.schema.fields.map((f) => String(f.type))).toEqual([
      "Int64",
      "Float64",
      "Float32",
      "Decimal[20e+2]",
      "Utf8",
      "Binary",
      "Date32<DAY>",
      "Timestamp<MICROSECOND, UTC>",
      "Bool",
      "List<Int64>",
      "Map<{key:Utf8, value:Decimal[3e+1]}>",
      "Struct<{x:Int64, y:Utf8}>",
    ]);
    const [first, second] = table.toArray();
    expect(first.l).toBe(9007199254740993n);
    expect([...first.list]).toEqual([1n, null]);
    expect(first.st.x).toBe(7n);
    expect(first.at).toBe(1709238896100);
    expect(second.l).toBe(null);
    expect(second.st).toBe(null);
  });
});
