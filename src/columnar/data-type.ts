/** Spark's data types, as frozen plain data. Compare with `sameType`, never with `===`. */
export type DataType =
  | { readonly kind: SimpleKind }
  | DecimalType
  | YearMonthIntervalType
  | DayTimeIntervalType
  | ArrayType
  | MapType
  | StructType;

export type SimpleKind =
  | "null"
  | "boolean"
  | "byte"
  | "short"
  | "int"
  | "long"
  | "float"
  | "double"
  | "string"
  | "binary"
  | "date"
  | "timestamp"
  | "timestamp_ntz";

export interface DecimalType {
  readonly kind: "decimal";
  /** 1 to 38 digits. */
  readonly precision: number;
  /** 0 to `precision` of them behind the point. */
  readonly scale: number;
}

export type YearMonthField = "year" | "month";
export interface YearMonthIntervalType {
  readonly kind: "year_month_interval";
  readonly start: YearMonthField;
  readonly end: YearMonthField;
}

export type DayTimeField = "day" | "hour" | "minute" | "second";
export interface DayTimeIntervalType {
  readonly kind: "day_time_interval";
  readonly start: DayTimeField;
  readonly end: DayTimeField;
}

export interface ArrayType {
  readonly kind: "array";
  readonly element: DataType;
  readonly containsNull: boolean;
}

export interface MapType {
  readonly kind: "map";
  readonly key: DataType;
  readonly value: DataType;
  readonly valueContainsNull: boolean;
}

export interface StructType {
  readonly kind: "struct";
  readonly fields: readonly Field[];
}

/** A column of a schema or of a struct. */
export interface Field {
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
}

const simple = (kind: SimpleKind): { readonly kind: SimpleKind } => Object.freeze({ kind });

export const NULL: DataType = simple("null");
export const BOOLEAN: DataType = simple("boolean");
export const BYTE: DataType = simple("byte");
export const SHORT: DataType = simple("short");
export const INT: DataType = simple("int");
export const LONG: DataType = simple("long");
export const FLOAT: DataType = simple("float");
export const DOUBLE: DataType = simple("double");
export const STRING: DataType = simple("string");
export const BINARY: DataType = simple("binary");
export const DATE: DataType = simple("date");
export const TIMESTAMP: DataType = simple("timestamp");
export const TIMESTAMP_NTZ: DataType = simple("timestamp_ntz");

export const decimal = (precision: number, scale: number): DecimalType =>
  Object.freeze({ kind: "decimal", precision, scale });
export const array = (element: DataType, containsNull = true): ArrayType =>
  Object.freeze({ kind: "array", element, containsNull });
export const map = (key: DataType, value: DataType, valueContainsNull = true): MapType =>
  Object.freeze({ kind: "map", key, value, valueContainsNull });
export const struct = (fields: readonly Field[]): StructType =>
  Object.freeze({ kind: "struct", fields: Object.freeze([...fields]) });
export const field = (name: string, type: DataType, nullable = true): Field =>
  Object.freeze({ name, type, nullable });
export const yearMonthInterval = (
  start: YearMonthField = "year",
  end: YearMonthField = "month",
): YearMonthIntervalType => Object.freeze({ kind: "year_month_interval", start, end });
export const dayTimeInterval = (
  start: DayTimeField = "day",
  end: DayTimeField = "second",
): DayTimeIntervalType => Object.freeze({ kind: "day_time_interval", start, end });

const SIMPLE_STRINGS: Record<SimpleKind, string> = {
  null: "void",
  boolean: "boolean",
  byte: "tinyint",
  short: "smallint",
  int: "int",
  long: "bigint",
  float: "float",
  double: "double",
  string: "string",
  binary: "binary",
  date: "date",
  timestamp: "timestamp",
  timestamp_ntz: "timestamp_ntz",
};

/** Spark's `simpleString`: `decimal(10,2)`, `array<int>`, `struct<a:bigint>`. */
export function simpleString(type: DataType): string {
  switch (type.kind) {
    case "decimal":
      return `decimal(${type.precision},${type.scale})`;
    case "array":
      return `array<${simpleString(type.element)}>`;
    case "map":
      return `map<${simpleString(type.key)},${simpleString(type.value)}>`;
    case "struct":
      return `struct<${type.fields.map((f) => `${f.name}:${simpleString(f.type)}`).join(",")}>`;
    case "year_month_interval":
    case "day_time_interval":
      return type.start === type.end
        ? `interval ${type.start}`
        : `interval ${type.start} to ${type.end}`;
    default:
      return SIMPLE_STRINGS[type.kind];
  }
}

/** Equal types; the nullability of elements and fields does not count. */
export function sameType(a: DataType, b: DataType): boolean {
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case "decimal":
      return a.precision === (b as DecimalType).precision && a.scale === (b as DecimalType).scale;
    case "array":
      return sameType(a.element, (b as ArrayType).element);
    case "map":
      return sameType(a.key, (b as MapType).key) && sameType(a.value, (b as MapType).value);
    case "struct": {
      const other = (b as StructType).fields;
      return (
        a.fields.length === other.length &&
        a.fields.every((f, i) => {
          const o = other[i];
          return o !== undefined && f.name === o.name && sameType(f.type, o.type);
        })
      );
    }
    case "year_month_interval":
    case "day_time_interval":
      return simpleString(a) === simpleString(b);
    default:
      return true;
  }
}

/** Array, map or struct: carried as one opaque value, see `nested-value.ts`. */
export function isNested(type: DataType): type is ArrayType | MapType | StructType {
  return type.kind === "array" || type.kind === "map" || type.kind === "struct";
}
