/** Spark's data types, as frozen plain data. Compare with `sameType`, never with `===`. */
export type DataType =
  | { readonly kind: SimpleKind }
  | DecimalType
  | YearMonthIntervalType
  | DayTimeIntervalType
  | ArrayType
  | MapType
  | StructType;

/** Kinds of types without parameters. */
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

/** Numbers of a fixed count of digits. */
export interface DecimalType {
  readonly kind: "decimal";
  /** 1 to 38 digits. */
  readonly precision: number;
  /** 0 to `precision` of them behind the point. */
  readonly scale: number;
}

/** A field of a year-month interval. */
export type YearMonthField = "year" | "month";
/** A count of months, read and printed with the fields from `start` to `end`. */
export interface YearMonthIntervalType {
  readonly kind: "year_month_interval";
  readonly start: YearMonthField;
  readonly end: YearMonthField;
}

/** A field of a day-time interval. */
export type DayTimeField = "day" | "hour" | "minute" | "second";
/** A count of microseconds, read and printed with the fields from `start` to `end`. */
export interface DayTimeIntervalType {
  readonly kind: "day_time_interval";
  readonly start: DayTimeField;
  readonly end: DayTimeField;
}

/** Lists of values of one type. */
export interface ArrayType {
  readonly kind: "array";
  readonly element: DataType;
  readonly containsNull: boolean;
}

/** Keys with their values. */
export interface MapType {
  readonly kind: "map";
  readonly key: DataType;
  readonly value: DataType;
  readonly valueContainsNull: boolean;
}

/** A row within a value. */
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

/** The type of `NULL`, called void. */
export const NULL: DataType = simple("null");
/** True and false. */
export const BOOLEAN: DataType = simple("boolean");
/** Integers of 8 bits. */
export const BYTE: DataType = simple("byte");
/** Integers of 16 bits. */
export const SHORT: DataType = simple("short");
/** Integers of 32 bits. */
export const INT: DataType = simple("int");
/** Integers of 64 bits. */
export const LONG: DataType = simple("long");
/** Floating-point numbers of 32 bits. */
export const FLOAT: DataType = simple("float");
/** Floating-point numbers of 64 bits. */
export const DOUBLE: DataType = simple("double");
/** Text in UTF-8. */
export const STRING: DataType = simple("string");
/** Bytes. */
export const BINARY: DataType = simple("binary");
/** Days since 1970-01-01. */
export const DATE: DataType = simple("date");
/** Instants: microseconds since 1970 in UTC. */
export const TIMESTAMP: DataType = simple("timestamp");
/** Local times: microseconds since 1970-01-01 00:00, wherever that was. */
export const TIMESTAMP_NTZ: DataType = simple("timestamp_ntz");

/** The decimal type of so many digits, `scale` of them behind the point. */
export const decimal = (precision: number, scale: number): DecimalType =>
  Object.freeze({ kind: "decimal", precision, scale });
/** The type of lists of `element`. */
export const array = (element: DataType, containsNull = true): ArrayType =>
  Object.freeze({ kind: "array", element, containsNull });
/** The type of maps from `key` to `value`. */
export const map = (key: DataType, value: DataType, valueContainsNull = true): MapType =>
  Object.freeze({ kind: "map", key, value, valueContainsNull });
/** The type of rows of these fields. */
export const struct = (fields: readonly Field[]): StructType =>
  Object.freeze({ kind: "struct", fields: Object.freeze([...fields]) });
/** A named column of a table or struct. */
export const field = (name: string, type: DataType, nullable = true): Field =>
  Object.freeze({ name, type, nullable });
/** The type of intervals of whole months. */
export const yearMonthInterval = (
  start: YearMonthField = "year",
  end: YearMonthField = "month",
): YearMonthIntervalType => Object.freeze({ kind: "year_month_interval", start, end });
/** The type of intervals of microseconds. */
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

/** True if `test` holds for the type or for one that it is made of. */
export function someType(type: DataType, test: (type: DataType) => boolean): boolean {
  if (test(type)) return true;
  switch (type.kind) {
    case "array":
      return someType(type.element, test);
    case "map":
      return someType(type.key, test) || someType(type.value, test);
    case "struct":
      return type.fields.some((f) => someType(f.type, test));
    default:
      return false;
  }
}
