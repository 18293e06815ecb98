import {
  array,
  BINARY,
  BOOLEAN,
  BYTE,
  DATE,
  type DataType,
  DOUBLE,
  decimal,
  type Field,
  FLOAT,
  field,
  INT,
  LONG,
  map,
  SHORT,
  STRING,
  struct,
  TIMESTAMP,
} from "../../columnar/data-type.ts";

const SIMPLE: ReadonlyMap<string, DataType> = new Map([
  ["StringType", STRING],
  ["FloatType", FLOAT],
  ["IntegerType", INT],
  ["ByteType", BYTE],
  ["ShortType", SHORT],
  ["DoubleType", DOUBLE],
  ["LongType", LONG],
  ["BinaryType", BINARY],
  ["BooleanType", BOOLEAN],
  ["DateType", DATE],
  ["TimestampType", TIMESTAMP],
]);

/**
 * The fields of a schema as Spark 1.1 and before noted it, the text of Scala's case classes:
 * `StructType(List(StructField(i,IntegerType,true)))`. Null where the text is none.
 */
export function caseClassSchema(text: string): readonly Field[] | null {
  const reader = new Reader(text);
  const type = reader.type();
  return type?.kind === "struct" && reader.isAtEnd() ? type.fields : null;
}

/** Every method takes what it reads off the text and returns null where the text is something else. */
class Reader {
  private readonly tokens: readonly string[];
  private at = 0;

  constructor(text: string) {
    this.tokens = text.match(/\w+|[^\w\s]/g) ?? [];
  }

  isAtEnd(): boolean {
    return this.at === this.tokens.length;
  }

  type(): DataType | null {
    const name = this.tokens[this.at++] ?? "";
    const simple = SIMPLE.get(name);
    if (simple !== undefined) return simple;
    if (!this.takes("(")) return null;
    const type = this.rest(name);
    return this.takes(")") ? type : null;
  }

  private rest(name: string): DataType | null {
    switch (name) {
      case "DecimalType":
        return this.decimal();
      case "ArrayType":
        return this.array();
      case "MapType":
        return this.map();
      case "StructType":
        return this.struct();
      default:
        return null;
    }
  }

  private decimal(): DataType | null {
    if (this.tokens[this.at] === ")") return decimal(10, 0);
    const precision = this.number();
    const scale = this.takes(",") ? this.number() : null;
    return precision === null || scale === null ? null : decimal(precision, scale);
  }

  private array(): DataType | null {
    const element = this.type();
    const containsNull = this.takes(",") ? this.truth() : null;
    return element === null || containsNull === null ? null : array(element, containsNull);
  }

  private map(): DataType | null {
    const key = this.type();
    const value = this.takes(",") ? this.type() : null;
    const containsNull = this.takes(",") ? this.truth() : null;
    return key === null || value === null || containsNull === null
      ? null
      : map(key, value, containsNull);
  }

  /** Between the brackets stands a list, under the name of whichever class it had. */
  private struct(): DataType | null {
    this.at++;
    if (!this.takes("(")) return null;
    const fields: Field[] = [];
    while (!this.takes(")")) {
      if (fields.length > 0 && !this.takes(",")) return null;
      const next = this.field();
      if (next === null) return null;
      fields.push(next);
    }
    return struct(fields);
  }

  private field(): Field | null {
    if (!this.takes("StructField") || !this.takes("(")) return null;
    const name = this.tokens[this.at++] ?? "";
    const type = this.takes(",") ? this.type() : null;
    const nullable = this.takes(",") ? this.truth() : null;
    if (type === null || nullable === null || !this.takes(")")) return null;
    return field(name, type, nullable);
  }

  private number(): number | null {
    const token = this.tokens[this.at++] ?? "";
    return /^\d+$/.test(token) ? Number(token) : null;
  }

  private truth(): boolean | null {
    const token = this.tokens[this.at++];
    return token === "true" || token === "false" ? token === "true" : null;
  }

  private takes(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at++;
    return true;
  }
}
