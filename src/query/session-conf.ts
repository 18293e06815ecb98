import { isTimeZone } from "../columnar/datetime/time-zone.ts";
import { AnalysisError } from "../common/errors.ts";
import { expectArgument, expectString } from "../common/expect-argument.ts";
import { isRebaseMode, REBASE_MODES } from "../formats/parquet/rebase-modes.ts";
import { parseSize } from "./parse-size.ts";

interface Entry {
  readonly fallback: string;
  /** Throws where a value does not fit. */
  readonly check: (key: string, value: string) => void;
}

const BROADCAST_THRESHOLD = "64MB";

/** The keys that change what the session does. */
const ENTRIES = {
  "spark.sql.shuffle.partitions": { fallback: "auto", check: positiveInteger },
  "spark.sql.autoBroadcastJoinThreshold": { fallback: BROADCAST_THRESHOLD, check: size },
  "spark.sql.session.timeZone": { fallback: "UTC", check: timeZone },
  "spark.sql.ansi.enabled": { fallback: "true", check: boolean },
  "spark.sql.adaptive.enabled": { fallback: "true", check: boolean },
  "spark.sql.groupByAliases": { fallback: "true", check: boolean },
  "spark.sql.groupByOrdinal": { fallback: "true", check: boolean },
  "spark.sql.orderByOrdinal": { fallback: "true", check: boolean },
  "spark.sql.caseSensitive": { fallback: "false", check: onlyFalse },
  "spark.sql.parquet.mergeSchema": { fallback: "false", check: boolean },
  "spark.sql.sources.partitionColumnTypeInference.enabled": { fallback: "true", check: boolean },
  "spark.sql.files.maxPartitionBytes": { fallback: "128MB", check: size },
  "spark.sql.parquet.datetimeRebaseModeInRead": { fallback: "CORRECTED", check: rebaseMode },
  "spark.sql.parquet.int96RebaseModeInRead": { fallback: "CORRECTED", check: rebaseMode },
  "spark.sql.readSideCharPadding": { fallback: "true", check: boolean },
  "spark.sql.legacy.charVarcharAsString": { fallback: "false", check: boolean },
  "spark.sql.optimizer.excludedRules": { fallback: "", check: () => undefined },
  "spark.driver.maxResultSize": { fallback: "1g", check: size },
  "spark.task.maxFailures": { fallback: "3", check: positiveInteger },
  "spark.speculation": { fallback: "false", check: boolean },
} as const satisfies { readonly [key: string]: Entry };

/** A key whose value the engine itself uses. */
export type KnownKey = keyof typeof ENTRIES;

/** Cannot be changed in a running session. */
const STATIC_KEYS = new Set(["spark.sql.warehouse.dir", "spark.sql.extensions"]);

/** The session's settings under Spark's keys. Keys that it does not know keep their value and change nothing. */
export class SessionConf {
  private readonly values = new Map<string, string>();
  private readonly defaults: ReadonlyMap<string, string>;

  /** `defaults` of this session, before those of all. */
  constructor(defaults: { readonly [key in KnownKey]?: string } = {}) {
    this.defaults = new Map(
      Object.entries(ENTRIES).map(([key, entry]) => [
        key,
        defaults[key as KnownKey] ?? entry.fallback,
      ]),
    );
  }

  /** The value of a key. Throws `SQL_CONF_NOT_FOUND` where it has none and no `fallback` is given. */
  get(key: KnownKey): string;
  get(key: string, fallback?: string): string;
  get(key: string, fallback?: string): string {
    expectString(key, "key");
    const value = this.values.get(key) ?? fallback ?? this.defaults.get(key);
    if (value !== undefined) return value;
    throw new AnalysisError({
      condition: "SQL_CONF_NOT_FOUND",
      message: `The SQL config "${key}" cannot be found. Please verify that the config exists.`,
      sqlState: "42K0I",
      details: { sqlConf: key },
    });
  }

  /** Throws where the value does not fit the key. */
  set(key: string, value: string | number | boolean | bigint): void {
    expectString(key, "key");
    const holds = ["string", "number", "boolean", "bigint"].includes(typeof value);
    expectArgument(holds, "value", "a string, a number or a boolean", value);
    if (STATIC_KEYS.has(key)) throw cannotModify(key);
    const text = String(value).trim();
    (ENTRIES as { readonly [key: string]: Entry | undefined })[key]?.check(key, text);
    this.values.set(key, text);
  }

  /** Back to the default. */
  unset(key: string): void {
    this.values.delete(key);
  }

  /** True if a key has a value, set or by default. */
  has(key: string): boolean {
    return this.values.has(key) || this.defaults.has(key);
  }

  /** What was set, sorted by key. */
  entries(): readonly (readonly [string, string])[] {
    return [...this.values].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  boolean(key: KnownKey): boolean {
    return this.get(key).toLowerCase() === "true";
  }

  integer(key: KnownKey): number {
    return Number(this.get(key));
  }

  /** Bytes. */
  size(key: KnownKey): number {
    return parseSize(this.get(key));
  }

  reset(): void {
    this.values.clear();
  }
}

function positiveInteger(key: string, value: string): void {
  if (!/^[+-]?\d+$/.test(value)) throw invalid(key, `${key} should be int, but was ${value}`);
  if (Number(value) < 1 || Number(value) >= 2 ** 31)
    throw invalid(key, `'${value}' in ${key} is invalid. The value of ${key} must be positive`);
}

function boolean(key: string, value: string): void {
  if (!/^(true|false)$/i.test(value))
    throw invalid(key, `${key} should be boolean, but was ${value}`);
}

function onlyFalse(key: string, value: string): void {
  boolean(key, value);
  if (value.toLowerCase() !== "false")
    throw invalid(key, `${key} can only be false: names are resolved without regard to case`);
}

function rebaseMode(key: string, value: string): void {
  if (isRebaseMode(value.toUpperCase())) return;
  throw new AnalysisError({
    condition: "INVALID_CONF_VALUE.OUT_OF_RANGE_OF_OPTIONS",
    message: `The value '${value}' in the config "${key}" is invalid. The value should be one of ${REBASE_MODES.join(", ")}.`,
    sqlState: "22022",
    details: { confName: key, confValue: value, confOptions: REBASE_MODES },
  });
}

function size(_key: string, value: string): void {
  parseSize(value);
}

function timeZone(key: string, value: string): void {
  if (isTimeZone(value)) return;
  throw new AnalysisError({
    condition: "INVALID_CONF_VALUE.TIME_ZONE",
    message: `The value '${value}' in the config "${key}" is invalid. Cannot resolve the given timezone.`,
    sqlState: "22022",
    details: { confName: key, confValue: value },
  });
}

function invalid(key: string, message: string): AnalysisError {
  return new AnalysisError({
    condition: "INVALID_CONF_VALUE",
    message,
    sqlState: "22022",
    details: { confName: key },
  });
}

function cannotModify(key: string): AnalysisError {
  return new AnalysisError({
    condition: "CANNOT_MODIFY_CONFIG",
    message: `Cannot modify the value of the Spark config: "${key}".`,
    sqlState: "46110",
    details: { key },
  });
}
