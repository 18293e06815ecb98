import { Schema } from "../answer/schema.ts";
import type { Field } from "../columnar/data-type.ts";
import { parseSchema } from "../sql/parse.ts";

/** Columns: a schema, its fields, or Spark's text for them (`"id BIGINT, name STRING"`). */
export type SchemaLike = Schema | readonly Field[] | string;

/** The fields of a schema in any form. Throws where text is no schema. */
export function schemaFields(schema: SchemaLike): readonly Field[] {
  if (typeof schema === "string") return parseSchema(schema);
  return schema instanceof Schema ? schema.fields : schema;
}
