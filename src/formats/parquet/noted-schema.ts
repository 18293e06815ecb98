import {
  array,
  BINARY,
  BOOLEAN,
  BYTE,
  DATE,
  type DataType,
  type DayTimeField,
  DOUBLE,
  dayTimeInterval,
  decimal,
  FLOAT,
  field,
  INT,
  LONG,
  map,
  NULL,
  SHORT,
  STRING,
  struct,
  TIMESTAMP,
  TIMESTAMP_NTZ,
  type YearMonthField,
  yearMonthInterval,
} from "../../columnar/data-type.ts";
import type { NotedField } from "../../columnar/file-facts.ts";
import type { Json } from "../../common/errors.ts";
import { caseClassSchema } from "./case-class-schema.ts";

const NOTE = "org.apache.spark.sql.parquet.row.metadata";
const CHAR_NOTE = "__CHAR_VARCHAR_TYPE_STRING";

const SIMPLE: { readonly [name: string]: DataType } = {
  void: NULL,
  null: NULL,
  boolean: BOOLEAN,
  byte: BYTE,
  short: SHORT,
  integer: INT,
  long: LONG,
  float: FLOAT,
  double: DOUBLE,
  string: STRING,
  binary: BINARY,
  date: DATE,
  timestamp: TIMESTAMP,
  timestamp_ltz: TIMESTAMP,
  timestamp_ntz: TIMESTAMP_NTZ,
};

/** The schema that Spark noted in a footer, as JSON or as its first releases did; null where it noted none, or one that cannot be read, which Spark passes over. */
export function notedSchema(notes: ReadonlyMap<string, string>): readonly NotedField[] | null {
  const text = notes.get(NOTE);
  if (text === undefined) return null;
  try {
    const type = JSON.parse(text) as Json;
    return isObject(type) && type["type"] === "struct" ? fieldsOf(type) : null;
  } catch {
    return caseClassSchema(text);
  }
}

class Unreadable extends SyntaxError {}

type JsonObject = { readonly [key: string]: Json };

const isObject = (json: Json | undefined): json is JsonObject =>
  typeof json === "object" && json !== null && !Array.isArray(json);

function fieldsOf(type: JsonObject): NotedField[] {
  const fields = type["fields"];
  if (!Array.isArray(fields)) throw new Unreadable("a struct without fields");
  return (fields as readonly Json[]).map((json) => {
    if (!isObject(json)) throw new Unreadable("a field that is no object");
    const { name, nullable, metadata } = json;
    if (typeof name !== "string" || typeof nullable !== "boolean")
      throw new Unreadable("a field without name or nullability");
    const charType = isObject(metadata) ? metadata[CHAR_NOTE] : undefined;
    const noted = field(name, typeOf(json["type"]), nullable);
    return typeof charType === "string" ? Object.freeze({ ...noted, charType }) : noted;
  });
}

function typeOf(json: Json | undefined): DataType {
  if (typeof json === "string") return namedType(json);
  if (!isObject(json)) throw new Unreadable("a type that is neither name nor object");
  switch (json["type"]) {
    case "array":
      return array(typeOf(json["elementType"]), json["containsNull"] === true);
    case "map":
      return map(
        typeOf(json["keyType"]),
        typeOf(json["valueType"]),
        json["valueContainsNull"] === true,
      );
    case "struct":
      return struct(fieldsOf(json).map((f) => field(f.name, f.type, f.nullable)));
    case "udt":
      return typeOf(json["sqlType"]);
    default:
      throw new Unreadable("a type of an unknown kind");
  }
}

const MONTHS = /^interval (year|month)(?: to (month))?$/;
const TIMES = /^interval (day|hour|minute|second)(?: to (hour|minute|second))?$/;

function namedType(name: string): DataType {
  const simple = Object.hasOwn(SIMPLE, name) ? SIMPLE[name] : undefined;
  if (simple !== undefined) return simple;
  if (name === "decimal") return decimal(10, 0);
  const digits = /^decimal\(\s*(\d+)\s*,\s*(-?\d+)\s*\)$/.exec(name);
  if (digits !== null) return decimal(Number(digits[1]), Number(digits[2]));
  if (/^(?:var)?char\(\s*\d+\s*\)$/.test(name)) return STRING;
  const months = MONTHS.exec(name);
  if (months !== null) {
    const start = months[1] as YearMonthField;
    return yearMonthInterval(start, (months[2] as YearMonthField | undefined) ?? start);
  }
  const times = TIMES.exec(name);
  if (times === null) throw new Unreadable(`an unknown type ${name}`);
  const start = times[1] as DayTimeField;
  return dayTimeInterval(start, (times[2] as DayTimeField | undefined) ?? start);
}
