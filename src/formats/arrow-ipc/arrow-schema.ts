import { type DataType, type Field, isNested } from "../../columnar/data-type.ts";
import { type FlatValue, number, table, tables, text } from "./flat-buffer.ts";
import { schemaMessage } from "./message.ts";

/** The key of the field metadata that holds a column's Spark type as JSON, where Arrow's own type does not say all. */
export const TYPE_KEY = "tindra:type";

const TYPE = {
  null: 1,
  int: 2,
  floatingPoint: 3,
  binary: 4,
  utf8: 5,
  bool: 6,
  decimal: 7,
  date: 8,
  timestamp: 10,
  interval: 11,
  duration: 18,
} as const;

const MICROSECOND = 2;

/** The schema message of the engine's own streams: nested columns are binary blobs, see `nested-value.ts`. */
export function arrowSchemaMessage(fields: readonly Field[]): Uint8Array {
  return schemaMessage(table(null, tables(fields.map(fieldTable))));
}

function fieldTable({ name, type, nullable }: Field): FlatValue {
  const arrow = arrowType(type);
  const metadata = saysAll(type)
    ? null
    : tables([table(text(TYPE_KEY), text(JSON.stringify(type)))]);
  return table(
    text(name),
    number(1, nullable ? 1 : 0),
    number(1, arrow.id),
    arrow.table,
    null,
    tables([]),
    metadata,
  );
}

const saysAll = (type: DataType): boolean => !isNested(type) && !type.kind.endsWith("_interval");

function arrowType(type: DataType): { id: number; table: FlatValue } {
  switch (type.kind) {
    case "null":
      return { id: TYPE.null, table: table() };
    case "boolean":
      return { id: TYPE.bool, table: table() };
    case "byte":
      return signed(8);
    case "short":
      return signed(16);
    case "int":
      return signed(32);
    case "long":
      return signed(64);
    case "float":
      return { id: TYPE.floatingPoint, table: table(number(2, 1)) };
    case "double":
      return { id: TYPE.floatingPoint, table: table(number(2, 2)) };
    case "decimal":
      return {
        id: TYPE.decimal,
        table: table(
          number(4, type.precision),
          number(4, type.scale),
          number(4, type.precision <= 18 ? 64 : 128),
        ),
      };
    case "string":
      return { id: TYPE.utf8, table: table() };
    case "date":
      return { id: TYPE.date, table: table(number(2, 0)) };
    case "timestamp":
      return { id: TYPE.timestamp, table: table(number(2, MICROSECOND), text("UTC")) };
    case "timestamp_ntz":
      return { id: TYPE.timestamp, table: table(number(2, MICROSECOND)) };
    case "year_month_interval":
      return { id: TYPE.interval, table: table(number(2, 0)) };
    case "day_time_interval":
      return { id: TYPE.duration, table: table(number(2, MICROSECOND)) };
    default:
      return { id: TYPE.binary, table: table() };
  }
}

const signed = (bits: number): { id: number; table: FlatValue } => ({
  id: TYPE.int,
  table: table(number(4, bits), number(1, 1)),
});
