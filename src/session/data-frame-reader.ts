import type { Field } from "../columnar/data-type.ts";
import { AnalysisError } from "../common/errors.ts";
import { expectArgument, expectObject, expectString } from "../common/expect-argument.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { DataFrame } from "./data-frame.ts";
import type { FrameContext } from "./frame-context.ts";
import { type SchemaLike, schemaFields } from "./schema-like.ts";
import { refuseUnsupported } from "./spark-api/refuse-unsupported.ts";

type OptionValue = string | number | boolean;

/** Options of reading files, by Spark's names. */
export type ReaderOptions = { readonly [option: string]: OptionValue };

/** Reads files as a DataFrame; each call of `schema` and `option` gives a new reader. */
export class DataFrameReader {
  private readonly context: FrameContext;
  private readonly fields: readonly Field[] | null;
  private readonly given: { readonly [key: string]: string };

  constructor(
    context: FrameContext,
    fields: readonly Field[] | null = null,
    options: { readonly [key: string]: string } = {},
  ) {
    this.context = context;
    this.fields = fields;
    this.given = options;
  }

  /** The columns to read, instead of those that the files say they have. */
  schema(schema: SchemaLike): DataFrameReader {
    return new DataFrameReader(this.context, schemaFields(schema), this.given);
  }

  /** One option by Spark's name: `mergeSchema`, `recursiveFileLookup`, `pathGlobFilter`, `basePath`, `modifiedBefore`, `modifiedAfter`. */
  option(key: string, value: OptionValue): DataFrameReader {
    return this.options({ [expectString(key, "key")]: value });
  }

  /** Several options by Spark's names; a later one of a name, case ignored, replaces an earlier. */
  options(options: ReaderOptions): DataFrameReader {
    expectObject(options, "options", "an object of values by key");
    const merged = new Map(Object.entries(this.given));
    for (const [key, value] of Object.entries(options)) {
      const holds = ["string", "number", "boolean"].includes(typeof value);
      expectArgument(holds, key, "a string, a number or a boolean", value);
      for (const known of merged.keys())
        if (known.toLowerCase() === key.toLowerCase()) merged.delete(known);
      merged.set(key, String(value));
    }
    return new DataFrameReader(this.context, this.fields, Object.fromEntries(merged));
  }

  /** `parquet`, which is the only one, for `load`. */
  format(name: "parquet"): DataFrameReader {
    if (expectString(name, "name").toLowerCase() === "parquet") return this;
    throw new AnalysisError({
      condition: "UNSUPPORTED_FEATURE",
      message: `The feature is not supported: reading the format ${name}; only parquet is.`,
      sqlState: "0A000",
      details: { feature: `format ${name}` },
    });
  }

  /** As `parquet`. */
  load(...args: readonly (string | ReaderOptions)[]): DataFrame {
    return this.parquet(...args);
  }

  /**
   * Files, folders or globs, and options behind them. The columns are those of the first file by path, or of all files
   * with `mergeSchema`; folders `key=value` become columns, and no file of another folder below is read but with
   * `recursiveFileLookup`.
   */
  parquet(...args: readonly (string | ReaderOptions)[]): DataFrame {
    const last = args.at(-1);
    if (typeof last === "object" && last !== null)
      return this.options(last).parquet(...args.slice(0, -1));
    const paths = args as readonly string[];
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
      options: this.given,
      position: null,
    });
    return new DataFrame(this.context, plan);
  }
}

refuseUnsupported(DataFrameReader.prototype, "DataFrameReader");
