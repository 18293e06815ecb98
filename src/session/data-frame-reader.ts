import type { Field } from "../columnar/data-type.ts";
import { AnalysisError } from "../common/errors.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { DataFrame } from "./data-frame.ts";
import { expectArgument } from "./expect-argument.ts";
import type { FrameContext } from "./frame-context.ts";
import { type SchemaLike, schemaFields } from "./schema-like.ts";

/** Reads files as a DataFrame; each call of `schema` and `option` gives a new reader. */
export class DataFrameReader {
  private readonly context: FrameContext;
  private readonly fields: readonly Field[] | null;
  private readonly options: { readonly [key: string]: string };

  constructor(
    context: FrameContext,
    fields: readonly Field[] | null = null,
    options: { readonly [key: string]: string } = {},
  ) {
    this.context = context;
    this.fields = fields;
    this.options = options;
  }

  /** The columns to read, instead of those that the files say they have. */
  schema(schema: SchemaLike): DataFrameReader {
    return new DataFrameReader(this.context, schemaFields(schema), this.options);
  }

  option(key: string, value: string | number | boolean): DataFrameReader {
    return new DataFrameReader(this.context, this.fields, {
      ...this.options,
      [key]: String(value),
    });
  }

  /** Files, folders or globs. Their schemas are merged by name, folders `key=value` become columns. */
  parquet(...paths: readonly string[]): DataFrame {
    if (paths.length === 0)
      throw new AnalysisError({
        condition: "PATH_NOT_FOUND",
        message: "read.parquet needs at least one path",
        sqlState: "42K03",
      });
    for (const path of paths) expectArgument(typeof path === "string", "paths", "strings", path);
    const plan: LogicalPlan = Object.freeze({
      kind: "unresolvedFiles",
      format: "parquet",
      paths: Object.freeze([...paths]),
      schema: this.fields,
      options: this.options,
      position: null,
    });
    return new DataFrame(this.context, plan);
  }
}
