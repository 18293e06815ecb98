import type { Field } from "../columnar/data-type.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { valuesPlan } from "../plan/values-plan.ts";
import { encodeRow } from "./encode-value.ts";
import { inferFields } from "./infer-type.ts";
import { type SchemaLike, schemaFields } from "./schema-like.ts";

/** What a row may be given as: an object by column name, or an array in the schema's order. */
export type RowLike = { readonly [column: string]: unknown } | readonly unknown[];

/** The plan of rows given as JavaScript values; column types from `schema`, or from the values. */
export function createDataFramePlan(
  rows: readonly RowLike[],
  schema: SchemaLike | readonly string[] | null,
  timeZone: string,
): LogicalPlan {
  const fields = fieldsFor(rows, schema);
  return valuesPlan(
    fields,
    rows.map((row) => encodeRow(row, fields, timeZone)),
  );
}

function fieldsFor(
  rows: readonly RowLike[],
  schema: SchemaLike | readonly string[] | null,
): readonly Field[] {
  if (schema === null) return inferFields(rows, null);
  return isNames(schema) ? inferFields(rows, schema) : schemaFields(schema);
}

function isNames(schema: SchemaLike | readonly string[]): schema is readonly string[] {
  return Array.isArray(schema) && schema.every((name) => typeof name === "string");
}
