import { expect, it } from "vitest";
import { simpleString } from "../../../src/columnar/data-type.ts";
import { sqlType } from "../../../src/columnar/sql-type.ts";
import { literalOf, literalToBigInt, longLiteral } from "../../../src/plan/literal.ts";
import { parseDataType } from "../../../src/sql/parse.ts";

it("takes JavaScript values as Spark's lit takes them", () => {
  const facts = [1, 2147483648, -0, 1.5, Number.NaN, 7n, 2n ** 63n, "x", true, null].map(
    (value) => {
      const { type, value: json } = literalOf(value);
      return [simpleString(type), json];
    },
  );
  expect(facts).toEqual([
    ["int", 1],
    ["double", 2147483648],
    ["double", -0],
    ["double", 1.5],
    ["double", "NaN"],
    ["bigint", "7"],
    ["decimal(19,0)", "9223372036854775808"],
    ["string", "x"],
    ["boolean", true],
    ["void", null],
  ]);
});

it("takes dates as timestamps and bytes as binary", () => {
  expect(literalOf(new Date(5))).toMatchObject({ type: { kind: "timestamp" }, value: "5000" });
  expect(literalOf(new Uint8Array([31, 42]))).toMatchObject({ value: "Hyo=" });
});

it("refuses what is no value", () => {
  expect(() => literalOf({})).toThrow("Literal for '[object Object]' of object");
  expect(() => literalOf(10n ** 40n)).toThrow("41 digits");
});

it("reads whole numbers back", () => {
  expect(literalToBigInt(longLiteral(-(2n ** 63n)))).toBe(-(2n ** 63n));
  expect(literalToBigInt(literalOf(3))).toBe(3n);
  expect(literalToBigInt(literalOf(null))).toBeNull();
});

it("writes types as Spark's messages do", () => {
  expect(sqlType(parseDataType("struct<a: int not null, m: map<string, decimal(10,2)>>"))).toBe(
    "STRUCT<a: INT NOT NULL, m: MAP<STRING, DECIMAL(10,2)>>",
  );
});
