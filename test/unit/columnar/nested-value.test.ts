import fc from "fast-check";
import { expect, test } from "vitest";
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
  FLOAT,
  field,
  INT,
  LONG,
  map,
  SHORT,
  STRING,
  struct,
  TIMESTAMP,
  TIMESTAMP_NTZ,
  yearMonthInterval,
} from "../../../src/columnar/data-type.ts";
import { decodeNested, encodeNested } from "../../../src/columnar/nested-value.ts";

type Sample = readonly [DataType, fc.Arbitrary<unknown>];

const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const int = fc.integer();
const leaves: readonly Sample[] = [
  [BOOLEAN, fc.boolean()],
  [BYTE, fc.integer({ min: -128, max: 127 })],
  [SHORT, fc.integer({ min: -32768, max: 32767 })],
  [INT, int],
  [LONG, long],
  [FLOAT, fc.float()],
  [DOUBLE, fc.double()],
  [STRING, fc.string({ unit: "grapheme" })],
  [BINARY, fc.uint8Array()],
  [DATE, int],
  [TIMESTAMP, long],
  [TIMESTAMP_NTZ, long],
  [decimal(38, 4), fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n })],
  [decimal(9, 2), fc.bigInt({ min: -999999999n, max: 999999999n })],
  [yearMonthInterval(), int],
  [dayTimeInterval(), long],
];

const leaf = fc.constantFrom(...leaves);
const orNull = (values: fc.Arbitrary<unknown>) => fc.option(values, { nil: null, freq: 4 });

function nestedOf(inner: fc.Arbitrary<Sample>): fc.Arbitrary<Sample> {
  const arrays = inner.map(
    ([type, values]): Sample => [array(type), fc.array(orNull(values), { maxLength: 5 })],
  );
  const maps = fc
    .tuple(leaf, inner)
    .map(
      ([[key, keys], [type, values]]): Sample => [
        map(key, type),
        fc.array(fc.tuple(keys, orNull(values)), { maxLength: 4 }),
      ],
    );
  const structs = fc
    .array(inner, { maxLength: 4 })
    .map(
      (members): Sample => [
        struct(members.map(([type], i) => field(`f${i}`, type))),
        fc.tuple(...members.map(([, values]) => orNull(values))),
      ],
    );
  return fc.oneof(arrays, maps, structs);
}

const shallow = nestedOf(leaf);
const samples = fc.oneof(shallow, nestedOf(fc.oneof(leaf, shallow)));

test("decoding what was encoded gives the value back", () => {
  const pairs = samples.chain(([type, values]) => values.map((value) => ({ type, value })));
  fc.assert(
    fc.property(pairs, ({ type, value }) => {
      expect(decodeNested(type, encodeNested(type, value))).toEqual(value);
    }),
    { numRuns: 500 },
  );
});

test("different values have different bytes, and all NaNs the same", () => {
  const type = array(DOUBLE);
  const odd = new Float64Array(new BigUint64Array([0xfff8000000000001n]).buffer);
  expect(encodeNested(type, [0, Number.NaN])).toEqual(encodeNested(type, [0, odd[0]]));
  expect(encodeNested(type, [0])).not.toEqual(encodeNested(type, [-0]));
  expect(encodeNested(type, [0])).not.toEqual(encodeNested(type, [null]));
  expect(encodeNested(array(STRING), ["", null])).not.toEqual(
    encodeNested(array(STRING), [null, ""]),
  );
});

test("an empty array is not a null one", () => {
  const type = array(array(INT));
  expect(decodeNested(type, encodeNested(type, [[], null]))).toEqual([[], null]);
});
