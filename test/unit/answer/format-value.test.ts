import { describe, expect, it } from "vitest";
import type { EngineValue } from "../../../src/answer/engine-value.ts";
import { formatHiveValue, formatValue } from "../../../src/answer/format-value.ts";
import {
  array,
  BINARY,
  BOOLEAN,
  DATE,
  type DataType,
  DOUBLE,
  dayTimeInterval,
  decimal,
  FLOAT,
  field,
  INT,
  LONG,
  map,
  NULL,
  STRING,
  struct,
  TIMESTAMP,
  TIMESTAMP_NTZ,
  yearMonthInterval,
} from "../../../src/columnar/data-type.ts";

const ZONE = "America/Los_Angeles";
const bytes = (...of: number[]): Uint8Array => Uint8Array.from(of);
const wide = struct([field("x", INT), field("y", STRING), field("z", NULL)]);

/** Value, type, what Spark 4.0.1 shows, what its Hive-style output is where that differs. */
const SPARK: [EngineValue, DataType, string, string?][] = [
  [1, INT, "1"],
  [true, BOOLEAN, "true"],
  [9223372036854775807n, LONG, "9223372036854775807"],
  [1.5, FLOAT, "1.5"],
  [Math.fround(1e-10), FLOAT, "1.0E-10"],
  [Math.fround(3.4028235e38), FLOAT, "3.4028235E38"],
  [Math.fround(0.1), FLOAT, "0.1"],
  [1e10, DOUBLE, "1.0E10"],
  [1.5e-5, DOUBLE, "1.5E-5"],
  [123456.789, DOUBLE, "123456.789"],
  [1e7, DOUBLE, "1.0E7"],
  [9999999, DOUBLE, "9999999.0"],
  [0.001, DOUBLE, "0.001"],
  [0.00099, DOUBLE, "9.9E-4"],
  [-0, DOUBLE, "-0.0"],
  [Number.NaN, DOUBLE, "NaN"],
  [Number.NEGATIVE_INFINITY, DOUBLE, "-Infinity"],
  [100, DOUBLE, "100.0"],
  [-1234.5, DOUBLE, "-1234.5"],
  [150n, decimal(3, 2), "1.50"],
  [1n, decimal(7, 7), "0.0000001"],
  [-5n, decimal(1, 1), "-0.5"],
  [0n, decimal(38, 18), "0.000000000000000000"],
  [19782, DATE, "2024-02-29"],
  [1709238896100000n, TIMESTAMP, "2024-02-29 12:34:56.1"],
  [1709210096000001n, TIMESTAMP_NTZ, "2024-02-29 12:34:56.000001"],
  [14, yearMonthInterval(), "INTERVAL '1-2' YEAR TO MONTH", "1-2"],
  [36, yearMonthInterval("year", "year"), "INTERVAL '3' YEAR", "3-0"],
  [14, yearMonthInterval("month", "month"), "INTERVAL '14' MONTH", "1-2"],
  [-14, yearMonthInterval(), "INTERVAL '-1-2' YEAR TO MONTH", "-1-2"],
  [
    93784500000n,
    dayTimeInterval(),
    "INTERVAL '1 02:03:04.5' DAY TO SECOND",
    "1 02:03:04.500000000",
  ],
  [
    -93784500000n,
    dayTimeInterval(),
    "INTERVAL '-1 02:03:04.5' DAY TO SECOND",
    "-1 02:03:04.500000000",
  ],
  [360000000000n, dayTimeInterval("hour", "hour"), "INTERVAL '100' HOUR", "4 04:00:00.000000000"],
  [300000000n, dayTimeInterval("minute", "minute"), "INTERVAL '05' MINUTE", "0 00:05:00.000000000"],
  [
    1000001n,
    dayTimeInterval("second", "second"),
    "INTERVAL '01.000001' SECOND",
    "0 00:00:01.000001000",
  ],
  [
    90000000000n,
    dayTimeInterval("hour", "minute"),
    "INTERVAL '25:00' HOUR TO MINUTE",
    "1 01:00:00.000000000",
  ],
  [
    90000000000n,
    dayTimeInterval("day", "hour"),
    "INTERVAL '1 01' DAY TO HOUR",
    "1 01:00:00.000000000",
  ],
  [[1, 2, null], array(INT), "[1, 2, NULL]", "[1,2,null]"],
  [["x", 'y"z', null], array(STRING), '[x, y"z, NULL]', '["x","y"z",null]'],
  [
    [
      ["k", 1],
      ["l", null],
    ],
    map(STRING, INT),
    "{k -> 1, l -> NULL}",
    '{"k":1,"l":null}',
  ],
  [[1, "q", null], wide, "{1, q, NULL}", '{"x":1,"y":"q","z":null}'],
  [[], array(NULL), "[]"],
  [[], map(NULL, NULL), "{}"],
  [[[1], []], array(array(INT)), "[[1], []]", "[[1],[]]"],
  [bytes(65, 74), BINARY, "[41 4A]", "AJ"],
  [bytes(), BINARY, "[]", ""],
  [[bytes(65), null], array(BINARY), "[[41], NULL]", "[A,null]"],
  [[["k", bytes(65)]], map(STRING, BINARY), "{k -> [41]}", '{"k":A}'],
  [[bytes(65)], struct([field("x", BINARY)]), "{[41]}", '{"x":A}'],
  [null, STRING, "NULL"],
  ["", STRING, ""],
];

describe("a value as text", () => {
  it.each(SPARK)("%s of %o shows as %s", (value, type, shown) => {
    expect(formatValue(value, type, ZONE)).toBe(shown);
  });

  it.each(SPARK)("%s of %o has Spark's Hive-style text", (value, type, shown, hive) => {
    expect(formatHiveValue(value, type, ZONE)).toBe(hive ?? shown);
  });
});
