import { parseTimestamp } from "../columnar/datetime/datetime-text.ts";
import { AnalysisError } from "../common/errors.ts";
import type { OpenTableOptions } from "../formats/table/open-table.ts";
import { absolutePath } from "./absolute-path.ts";
import type { SessionConf } from "./session-conf.ts";

type Options = { readonly [key: string]: string };

/**
 * A reader's options as what opening its files needs, the session's settings where they say nothing. Names ignore case,
 * and names that mean nothing here are passed over, as in Spark. Throws `INVALID_OPTION_VALUE`.
 */
export function fileOptions(options: Options, conf: SessionConf): OpenTableOptions {
  const timeZone = conf.get("spark.sql.session.timeZone");
  const values = new Map(Object.entries(options).map(([key, value]) => [key.toLowerCase(), value]));
  const text = (key: string): string | undefined => values.get(key.toLowerCase());
  const basePath = text("basePath");
  const pathGlobFilter = text("pathGlobFilter");
  const modifiedBeforeMs = millis("modifiedBefore", text("modifiedBefore"), timeZone);
  const modifiedAfterMs = millis("modifiedAfter", text("modifiedAfter"), timeZone);
  return {
    timeZone,
    mergeSchema:
      flag("mergeSchema", text("mergeSchema")) ?? conf.boolean("spark.sql.parquet.mergeSchema"),
    infersPartitionTypes: conf.boolean("spark.sql.sources.partitionColumnTypeInference.enabled"),
    recursiveFileLookup: flag("recursiveFileLookup", text("recursiveFileLookup")) ?? false,
    ...(basePath === undefined ? {} : { basePath: absolutePath(basePath) }),
    ...(pathGlobFilter === undefined ? {} : { pathGlobFilter }),
    ...(modifiedBeforeMs === undefined ? {} : { modifiedBeforeMs }),
    ...(modifiedAfterMs === undefined ? {} : { modifiedAfterMs }),
  };
}

function flag(key: string, value: string | undefined): boolean | undefined {
  if (value === undefined) return undefined;
  const text = value.trim().toLowerCase();
  if (text === "true" || text === "false") return text === "true";
  throw invalidOption(key, value, "true or false");
}

function millis(key: string, value: string | undefined, timeZone: string): number | undefined {
  if (value === undefined) return undefined;
  const micros = parseTimestamp(value, timeZone);
  if (micros === null) throw invalidOption(key, value, "a time such as 2026-01-31T12:00:00");
  return Number(micros) / 1000;
}

const invalidOption = (key: string, value: string, expected: string): AnalysisError =>
  new AnalysisError({
    condition: "INVALID_OPTION_VALUE",
    message: `The option '${key}' should be ${expected}, but was '${value}'.`,
    sqlState: "22023",
    details: { option: key, value },
  });
