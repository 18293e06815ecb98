import type { Field } from "../columnar/data-type.ts";
import { AnalysisError } from "../common/errors.ts";
import type { Decimal } from "./decimal.ts";
import { toJsonValue } from "./json-value.ts";
import type { Timestamp } from "./timestamp.ts";

/**
 * A value of a row, as JavaScript. No type loses digits.
 *
 * | Spark | JavaScript | `JSON.stringify(row)` |
 * |---|---|---|
 * | boolean | `boolean` | true, false |
 * | tinyint, smallint, int | `number` | number |
 * | bigint | `bigint` | number with all its digits |
 * | float, double | `number` | number; NaN and infinities as text |
 * | decimal | `Decimal` (exact) | text `"12.50"` |
 * | string | `string` | text |
 * | binary | `Uint8Array` | base64 text |
 * | date | `string` `yyyy-MM-dd` | the same |
 * | timestamp | `Timestamp` (microseconds, an instant) | ISO text in UTC |
 * | timestamp_ntz | `string` `yyyy-MM-dd HH:mm:ss[.ffffff]` | the same |
 * | intervals | `string`, Spark's text: `INTERVAL '1-2' YEAR TO MONTH` | the same |
 * | array | array | array |
 * | map | `Map` | array of `[key, value]` |
 * | struct | `Row` | object |
 * | null of any type, void | `null` | null |
 *
 * A `bigint` outside a row does surprise `JSON.stringify`: it throws. Stringify the row, or convert it yourself.
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | Decimal
  | Timestamp
  | readonly Value[]
  | ReadonlyMap<Value, Value>
  | Row;

interface RowMethods {
  /** The value at a position from 0, also where names repeat. Throws a `RangeError` outside the row. */
  get(index: number): Value;
  /** All values in the schema's order. */
  toArray(): readonly Value[];
  /** The fields of its schema. */
  fields(): readonly Field[];
  toJSON(): unknown;
}

/**
 * One row: a frozen object with its columns by name. Where a name repeats, the name means the first such column and
 * `get(index)` reaches every one. A column may be called `get` and then hides the method: use `valuesOf(row)`.
 */
export type Row = RowMethods & { readonly [column: string]: Value };

const values = new WeakMap<object, readonly Value[]>();

/** All values of a row in the schema's order, whatever its columns are called. */
export function valuesOf(row: Row): readonly Value[] {
  return values.get(row) ?? Object.values(row);
}

/** Makes the constructor of rows of one schema; values are given in the schema's order. */
export function rowMaker(fields: readonly Field[]): (of: readonly Value[]) => Row {
  const prototype = prototypeOf(fields);
  const names = fields.map((field) => field.name);
  const firsts = names.map((name, index) => names.indexOf(name) === index);
  const plain = names.every((name) => !(name in prototype) && name !== "__proto__");
  return (of) => {
    const row = Object.create(prototype);
    for (let i = 0; i < names.length; i++) {
      if (!firsts[i]) continue;
      const name = names[i] ?? "";
      if (plain) row[name] = of[i];
      else Object.defineProperty(row, name, { value: of[i], enumerable: true });
    }
    values.set(row, of);
    return Object.freeze(row);
  };
}

function prototypeOf(fields: readonly Field[]): object {
  const { prototype } = class Row {};
  return Object.freeze(
    Object.defineProperties(prototype, {
      get: { value: get },
      toArray: { value: toArray },
      fields: { value: () => fields },
      toJSON: { value: toJson },
    }),
  );
}

function get(this: Row, index: number): Value {
  const value = valuesOf(this)[index];
  if (value === undefined)
    throw new AnalysisError({
      condition: "INVALID_COLUMN_INDEX",
      message: `The row has no column ${index}: it has ${valuesOf(this).length}`,
      sqlState: "42703",
    });
  return value;
}

function toArray(this: Row): readonly Value[] {
  return valuesOf(this);
}

function toJson(this: Row): unknown {
  return Object.fromEntries(
    Object.entries(this).map(([name, value]) => [name, toJsonValue(value)]),
  );
}
