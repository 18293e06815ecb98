import { Schema } from "../answer/schema.ts";
import type { Field } from "../columnar/data-type.ts";
import { isField } from "../columnar/is-data-type.ts";
import { expectArgument } from "../common/expect-argument.ts";
import { parseSchema } from "../sql/parse.ts";

/** Columns: a schema, its fields, or Spark's text for them (`"id BIGINT, name STRING"`). */
export type SchemaLike = Schema | readonly Field[] | string;

/** The fields of a schema in any form. Throws where text is no schema. */
export function schemaFields(schema: SchemaLike): readonly Field[] {
  if (typeof schema === "string") return parseSchema(schema);
  const fields = schema instanceof Schema ? schema.fields : schema;
  const holds = Array.isArray(fields) && fields.every(isField);
  expectArgument(holds, "schema", 'a Schema, its fields, or text such as "id INT"', schema);
  return fields;
}
