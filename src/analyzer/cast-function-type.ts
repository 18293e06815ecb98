import {
  BINARY,
  BOOLEAN,
  BYTE,
  DATE,
  type DataType,
  DOUBLE,
  decimal,
  FLOAT,
  INT,
  LONG,
  SHORT,
  STRING,
  TIMESTAMP,
} from "../columnar/data-type.ts";

const TYPES: ReadonlyMap<string, DataType> = new Map([
  ["boolean", BOOLEAN],
  ["tinyint", BYTE],
  ["smallint", SHORT],
  ["int", INT],
  ["bigint", LONG],
  ["float", FLOAT],
  ["double", DOUBLE],
  ["decimal", decimal(10, 0)],
  ["date", DATE],
  ["timestamp", TIMESTAMP],
  ["binary", BINARY],
  ["string", STRING],
]);

/** The type to which a function of this name casts its argument, as in `int('1')`; null for another name. */
export function castFunctionType(name: string): DataType | null {
  return TYPES.get(name.toLowerCase()) ?? null;
}
