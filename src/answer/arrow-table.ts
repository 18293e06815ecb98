import type { Field as ArrowField, DataType as ArrowType, Data, Table } from "apache-arrow";
import type { DataType, Field } from "../columnar/data-type.ts";
import { encodeText } from "../columnar/text-bytes.ts";
import type { DecodedBatch } from "../formats/arrow-ipc/decode-arrow-stream.ts";

type Arrow = typeof import("apache-arrow");
type Values = readonly unknown[];

/** Batches as one Arrow table, with Arrow's own nested types. Intervals are durations, or months. */
export async function arrowTable(
  fields: readonly Field[],
  batches: Iterable<DecodedBatch>,
): Promise<Table> {
  const arrow = await import("apache-arrow");
  const schema = new arrow.Schema(fields.map((field) => arrowField(arrow, field)));
  const made = [...batches].map(({ rows, columns }) => {
    const children = fields.map((field, i) => arrowData(arrow, field.type, columns[i] ?? []));
    const type = new arrow.Struct(schema.fields);
    return new arrow.RecordBatch(
      schema,
      arrow.makeData({ type, length: rows, nullCount: 0, children }),
    );
  });
  return new arrow.Table(schema, made);
}

function arrowField(arrow: Arrow, { name, type, nullable }: Field): ArrowField {
  return new arrow.Field(name, arrowTypeOf(arrow, type), nullable);
}

function arrowTypeOf(arrow: Arrow, type: DataType): ArrowType {
  switch (type.kind) {
    case "decimal":
      return new arrow.Decimal(type.scale, type.precision, 128);
    case "timestamp":
      return new arrow.TimestampMicrosecond("UTC");
    case "year_month_interval":
      return new arrow.IntervalYearMonth();
    case "array":
      return new arrow.List(
        arrowField(arrow, {
          name: "element",
          type: type.element,
          nullable: type.containsNull,
        }),
      );
    case "map":
      return new arrow.Map_(
        new arrow.Field(
          "entries",
          new arrow.Struct(entryFields(type).map((f) => arrowField(arrow, f))),
          false,
        ) as never,
      );
    case "struct":
      return new arrow.Struct(type.fields.map((field) => arrowField(arrow, field)));
    default:
      return simpleTypeOf(arrow, type.kind);
  }
}

function simpleTypeOf(arrow: Arrow, kind: DataType["kind"]): ArrowType {
  switch (kind) {
    case "boolean":
      return new arrow.Bool();
    case "byte":
      return new arrow.Int8();
    case "short":
      return new arrow.Int16();
    case "int":
      return new arrow.Int32();
    case "long":
      return new arrow.Int64();
    case "float":
      return new arrow.Float32();
    case "double":
      return new arrow.Float64();
    case "string":
      return new arrow.Utf8();
    case "binary":
      return new arrow.Binary();
    case "date":
      return new arrow.DateDay();
    case "timestamp_ntz":
      return new arrow.TimestampMicrosecond();
    case "day_time_interval":
      return new arrow.DurationMicrosecond();
    default:
      return new arrow.Null();
  }
}

function arrowData(arrow: Arrow, type: DataType, values: Values): Data {
  const arrowType = arrowTypeOf(arrow, type);
  if (type.kind === "null")
    return arrow.makeData({ type: arrowType, length: values.length } as never);
  const parts = { type: arrowType, length: values.length, ...validityOf(values) };
  switch (type.kind) {
    case "string":
    case "binary":
      return arrow.makeData({ ...parts, ...textBuffers(values) } as never);
    case "array": {
      const child = arrowData(
        arrow,
        type.element,
        values.flatMap((v) => (v as Values) ?? []),
      );
      return arrow.makeData({ ...parts, valueOffsets: offsetsOf(values), child } as never);
    }
    case "map": {
      const entries = values.flatMap((v) => (v as Values) ?? []);
      const child = structData(arrow, entryFields(type), entries, {
        length: entries.length,
        nullCount: 0,
      });
      return arrow.makeData({ ...parts, valueOffsets: offsetsOf(values), child } as never);
    }
    case "struct":
      return structData(arrow, type.fields, values, parts);
    default:
      return arrow.makeData({ ...parts, data: fixedValues(type, values) } as never);
  }
}

function structData(
  arrow: Arrow,
  fields: readonly Field[],
  values: Values,
  parts: { readonly length: number; readonly nullCount: number },
): Data {
  const children = fields.map((field, i) =>
    arrowData(
      arrow,
      field.type,
      values.map((value) => (value as Values | null)?.[i] ?? null),
    ),
  );
  const type = new arrow.Struct(fields.map((field) => arrowField(arrow, field)));
  return arrow.makeData({ ...parts, type, children } as never);
}

const entryFields = (type: DataType & { kind: "map" }): readonly Field[] => [
  { name: "key", type: type.key, nullable: false },
  { name: "value", type: type.value, nullable: type.valueContainsNull },
];

function validityOf(values: Values): { nullCount: number; nullBitmap?: Uint8Array } {
  const nullCount = values.reduce<number>((sum, value) => sum + (value === null ? 1 : 0), 0);
  return nullCount === 0
    ? { nullCount }
    : { nullCount, nullBitmap: bitsOf(values, (v) => v !== null) };
}

function bitsOf(values: Values, isSet: (value: unknown) => boolean): Uint8Array {
  const bits = new Uint8Array(Math.ceil(values.length / 64) * 8);
  values.forEach((value, i) => {
    if (isSet(value)) bits[i >> 3] = (bits[i >> 3] ?? 0) | (1 << (i & 7));
  });
  return bits;
}

function offsetsOf(values: Values): Int32Array {
  const offsets = new Int32Array(values.length + 1);
  values.forEach((value, i) => {
    offsets[i + 1] = (offsets[i] ?? 0) + ((value as Values | null)?.length ?? 0);
  });
  return offsets;
}

function textBuffers(values: Values): { valueOffsets: Int32Array; data: Uint8Array } {
  const parts = values.map((value) =>
    typeof value === "string"
      ? encodeText(value)
      : ((value as Uint8Array | null) ?? new Uint8Array()),
  );
  return { valueOffsets: offsetsOf(parts), data: Buffer.concat(parts) };
}

function fixedValues(type: DataType, values: Values): ArrayBufferView {
  const numbers = (): number[] => values.map((value) => Number(value ?? 0));
  switch (type.kind) {
    case "boolean":
      return bitsOf(values, (value) => value === true);
    case "byte":
      return Int8Array.from(numbers());
    case "short":
      return Int16Array.from(numbers());
    case "float":
      return Float32Array.from(numbers());
    case "double":
      return Float64Array.from(numbers());
    case "int":
    case "date":
    case "year_month_interval":
      return Int32Array.from(numbers());
    case "decimal":
      return decimalWords(values);
    default:
      return BigInt64Array.from(values.map((value) => (value as bigint | null) ?? 0n));
  }
}

/** 128 bits each, little-endian. */
function decimalWords(values: Values): Uint32Array {
  const halves = new BigInt64Array(values.length * 2);
  values.forEach((value, i) => {
    const unscaled = (value as bigint | null) ?? 0n;
    halves[2 * i] = BigInt.asIntN(64, unscaled);
    halves[2 * i + 1] = unscaled >> 64n;
  });
  return new Uint32Array(halves.buffer);
}
