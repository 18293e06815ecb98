import { describe, expect, it } from "vitest";
import { Decimal } from "../../../src/answer/decimal.ts";
import { publicConverter } from "../../../src/answer/public-value.ts";
import { rowMaker, valuesOf } from "../../../src/answer/row.ts";
import {
  BINARY,
  DATE,
  DOUBLE,
  decimal,
  field,
  INT,
  LONG,
  map,
  STRING,
  struct,
  TIMESTAMP,
} from "../../../src/columnar/data-type.ts";

const FIELDS = [
  field("i", INT),
  field("l", LONG),
  field("d", DOUBLE),
  field("m", decimal(20, 2)),
  field("b", BINARY),
  field("on", DATE),
  field("at", TIMESTAMP),
  field("s", struct([field("x", LONG)])),
  field("kv", map(STRING, INT)),
];

function sample() {
  const values = [
    1,
    9007199254740993n,
    Number.NaN,
    1250n,
    Uint8Array.of(1, 2),
    19782,
    1709238896123456n,
    [7n],
    [["k", 1]],
  ];
  return rowMaker(FIELDS)(FIELDS.map((f, i) => publicConverter(f.type)(values[i] as never)));
}

describe("a row", () => {
  it("gives its columns by name and by position", () => {
    const row = sample();
    expect(row["l"]).toBe(9007199254740993n);
    expect(row["m"]).toEqual(new Decimal(1250n, 2));
    expect(row["on"]).toBe("2024-02-29");
    expect(row.get(1)).toBe(9007199254740993n);
    expect(row.toArray()).toHaveLength(9);
    expect(() => row.get(9)).toThrow("The row has no column 9");
  });

  it("survives JSON.stringify with all digits", () => {
    expect(JSON.stringify(sample())).toBe(
      '{"i":1,"l":9007199254740993,"d":"NaN","m":"12.50","b":"AQI=","on":"2024-02-29","at":"2024-02-29T20:34:56.123456Z","s":{"x":7},"kv":[["k",1]]}',
    );
  });

  it("reaches every column where names repeat, and columns with the names of methods", () => {
    const make = rowMaker([
      field("a", INT),
      field("a", INT),
      field("get", INT),
      field("__proto__", INT),
    ]);
    const row = make([1, 2, 3, 4]);
    expect(row["a"]).toBe(1);
    expect(row["get"]).toBe(3);
    expect(valuesOf(row)).toEqual([1, 2, 3, 4]);
    expect(JSON.stringify(row)).toBe('{"a":1,"get":3,"__proto__":4}');
  });

  it("cannot be changed", () => {
    const row = sample() as unknown as { i: unknown };
    expect(() => {
      row.i = 2;
    }).toThrow(TypeError);
  });
});

describe("a decimal", () => {
  it("keeps every digit of its text", () => {
    expect(Decimal.parse("-12345678901234567890.1230").toString()).toBe(
      "-12345678901234567890.1230",
    );
    expect(Decimal.parse("1.5e-3")).toEqual(new Decimal(15n, 4));
    expect(Decimal.parse("2e3").toString()).toBe("2000");
  });

  it.each(["", "x", "1.2.3", "1e99", "1".repeat(39)])("refuses %s", (text) => {
    expect(() => Decimal.parse(text)).toThrow("is not a decimal number");
  });
});
