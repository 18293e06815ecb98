import {
  DATE,
  type DataType,
  isNested,
  LONG,
  TIMESTAMP,
  TIMESTAMP_NTZ,
} from "../../columnar/data-type.ts";
import { MICROS_PER_SECOND } from "../../columnar/datetime/calendar.ts";
import {
  parseDate,
  parseTimestamp,
  parseTimestampNtz,
} from "../../columnar/datetime/datetime-text.ts";
import { localToUtcMicros } from "../../columnar/datetime/time-zone.ts";
import { isNumeric } from "../../columnar/type-class.ts";
import type {
  Argument,
  CallFacts,
  Example,
  ResolveContext,
  ScalarBuiltin,
  ScalarKernel,
  Signature,
} from "../builtin.ts";
import { castInvalidInput } from "../cast/cast-errors.ts";
import {
  DATE_PARAMETER,
  ONLY_STRING_PARAMETER,
  type Parameter,
  STRING_PARAMETER,
  TIMESTAMP_NTZ_PARAMETER,
  TIMESTAMP_PARAMETER,
  typeArguments,
} from "../parameters.ts";
import { cannotParseTimestamp } from "./datetime-errors.ts";
import { parseDatetime } from "./parse-datetime.ts";
import { datetimePatternCache } from "./pattern-cache.ts";
import { checkedLong, toLocalDays } from "./zoned-time.ts";

const DEFAULT_PATTERN = "yyyy-MM-dd HH:mm:ss";

interface Target {
  readonly type: DataType;
  readonly parameter: Parameter;
  /** Null where the text has none of Spark's forms. */
  readonly read: (text: string, zone: string) => bigint | number | null;
  /** From the local time in the text and the instant it means. */
  readonly fromParsed: (local: bigint, instant: bigint, zone: string) => bigint | number;
}

const TO_DATE_TARGET: Target = {
  type: DATE,
  parameter: DATE_PARAMETER,
  read: parseDate,
  fromParsed: (_, instant, zone) => toLocalDays(instant, zone),
};
const TO_TIMESTAMP_TARGET: Target = {
  type: TIMESTAMP,
  parameter: TIMESTAMP_PARAMETER,
  read: parseTimestamp,
  fromParsed: (_, instant) => instant,
};
const TO_TIMESTAMP_NTZ_TARGET: Target = {
  type: TIMESTAMP_NTZ,
  parameter: TIMESTAMP_NTZ_PARAMETER,
  read: parseTimestampNtz,
  fromParsed: (local) => local,
};

/** Without a pattern a cast, with one read by it. `isTry`: null for what does not fit. */
const parserNamed = (
  name: string,
  target: Target,
  isTry: boolean,
  examples: readonly Example[],
): ScalarBuiltin => ({
  kind: "scalar",
  name,
  ...(isTry ? { triesArguments: true } : {}),
  resolve: (args, context) => resolveParser(args, context, target, isTry),
  kernel: (call) => parserKernel(call, target, isTry),
  cost: 200,
  examples,
});

function resolveParser(
  args: readonly Argument[],
  context: ResolveContext,
  target: Target,
  isTry: boolean,
): Signature {
  const nullable = isTry || !context.ansi || args.some((arg) => arg.nullable);
  const first = args[0]?.type;
  const source = sourceParameter(first ?? target.type, target, args.length === 2);
  return {
    args: typeArguments(args, context, [source, STRING_PARAMETER], 1),
    type: target.type,
    nullable,
  };
}

function sourceParameter(type: DataType, target: Target, hasPattern: boolean): Parameter {
  if (type.kind === "string") return hasPattern ? STRING_PARAMETER : target.parameter;
  if (isNumeric(type) && target.type.kind === "timestamp") return TIMESTAMP_OF_NUMBER;
  if (type.kind === target.type.kind || type.kind === "null" || isNested(type))
    return target.parameter;
  if (!DATETIME_KINDS.has(type.kind)) return STRING_PARAMETER;
  return hasPattern ? MICROSECONDS_PARAMETER : target.parameter;
}

const DATETIME_KINDS = new Set(["date", "timestamp", "timestamp_ntz"]);

/** Beside a pattern Spark takes the microseconds of a timestamp or local time for those of its result. */
const MICROSECONDS_PARAMETER: Parameter = {
  requires: '"TIMESTAMP"',
  accept: (type) => (type.kind === "timestamp_ntz" ? type : TIMESTAMP),
};

const TIMESTAMP_OF_NUMBER: Parameter = { requires: '"TIMESTAMP"', accept: () => TIMESTAMP };

function parserKernel(call: CallFacts, target: Target, isTry: boolean): ScalarKernel {
  const source = call.args[0]?.type.kind;
  if (target.type.kind === "date" && (source === "timestamp" || source === "timestamp_ntz"))
    return { kind: "row", prepare: () => (micros: bigint) => toLocalDays(micros, call.timeZone) };
  if (source !== "string")
    return { kind: "emit", emit: ({ code }, [value]) => value && code.get(value) };
  const givesNull = isTry || !call.ansi;
  if (call.args.length === 1)
    return {
      kind: "row",
      prepare: () => (text: string) => readText(text, call, target, givesNull),
    };
  return {
    kind: "row",
    prepare: () => {
      const parse = patternReader(call, givesNull);
      return (text: string, pattern: string) => {
        const found = parse(text, pattern);
        return found && target.fromParsed(found.local, found.instant, call.timeZone);
      };
    },
  };
}

/** A number, boolean or binary is read as its text. */
function readText(
  text: string,
  call: CallFacts,
  target: Target,
  givesNull: boolean,
): bigint | number | null {
  const value = target.read(text, call.timeZone);
  if (value === null && !givesNull) throw castInvalidInput(text, target.type);
  return value;
}

interface Found {
  readonly local: bigint;
  readonly instant: bigint;
}

/** Reads text by a pattern. */
function patternReader(
  call: CallFacts,
  givesNull: boolean,
): (text: string, pattern: string) => Found | null {
  const isLocal = call.type.kind === "timestamp_ntz";
  const tolerant = call.type.kind === "date" ? "try_to_date" : "try_to_timestamp";
  const compile = datetimePatternCache(isLocal ? "parsingLocal" : "parsing");
  return (text, pattern) => {
    const parsed = parseDatetime(compile(pattern), text);
    if (!("reason" in parsed)) {
      const zone = parsed.zone ?? call.timeZone;
      const instant = checkedLong(localToUtcMicros(zone, parsed.localMicros));
      return { local: parsed.localMicros, instant };
    }
    if (givesNull) return null;
    throw cannotParseTimestamp(parsed.reason, tolerant);
  };
}

/** Functions that read dates and timestamps from text. */
export const PARSE_FUNCTIONS: readonly ScalarBuiltin[] = [
  parserNamed("to_date", TO_DATE_TARGET, false, [
    { sql: "SELECT to_date('2009-07-30 04:17:52')", rows: ["2009-07-30"] },
    { sql: "SELECT to_date('2016-12-31', 'yyyy-MM-dd')", rows: ["2016-12-31"] },
    { sql: "SELECT to_date('31 Dec 2016', 'd MMM yyyy')", rows: ["2016-12-31"] },
  ]),
  parserNamed("try_to_date", TO_DATE_TARGET, true, [
    { sql: "SELECT try_to_date('2016-12-31')", rows: ["2016-12-31"] },
    { sql: "SELECT try_to_date('2016-12-31', 'yyyy-MM-dd')", rows: ["2016-12-31"] },
    { sql: "SELECT try_to_date('foo', 'yyyy-MM-dd')", rows: ["NULL"] },
  ]),
  parserNamed("to_timestamp", TO_TIMESTAMP_TARGET, false, [
    { sql: "SELECT to_timestamp('2016-12-31 00:12:00')", rows: ["2016-12-31 00:12:00"] },
    { sql: "SELECT to_timestamp('2016-12-31', 'yyyy-MM-dd')", rows: ["2016-12-31 00:00:00"] },
    { sql: "SELECT to_timestamp(1.5)", rows: ["1970-01-01 00:00:01.5"] },
  ]),
  parserNamed("to_timestamp_ltz", TO_TIMESTAMP_TARGET, false, [
    { sql: "SELECT to_timestamp_ltz('2016-12-31 00:12:00')", rows: ["2016-12-31 00:12:00"] },
    { sql: "SELECT to_timestamp_ltz('2016-12-31', 'yyyy-MM-dd')", rows: ["2016-12-31 00:00:00"] },
  ]),
  parserNamed("to_timestamp_ntz", TO_TIMESTAMP_NTZ_TARGET, false, [
    { sql: "SELECT to_timestamp_ntz('2016-12-31 00:12:00')", rows: ["2016-12-31 00:12:00"] },
    { sql: "SELECT to_timestamp_ntz('2016-12-31', 'yyyy-MM-dd')", rows: ["2016-12-31 00:00:00"] },
  ]),
  parserNamed("try_to_timestamp", TO_TIMESTAMP_TARGET, true, [
    { sql: "SELECT try_to_timestamp('2016-12-31 00:12:00')", rows: ["2016-12-31 00:12:00"] },
    { sql: "SELECT try_to_timestamp('2016-12-31', 'yyyy-MM-dd')", rows: ["2016-12-31 00:00:00"] },
    {
      sql: "SELECT try_to_timestamp('foo', 'yyyy-MM-dd'), try_to_timestamp('foo')",
      rows: ["NULL\tNULL"],
    },
  ]),
];

/** Types that are read as they are: a local time counts as one of UTC. */
const UNIX_SOURCES: { readonly [kind: string]: Parameter } = {
  string: STRING_PARAMETER,
  timestamp_ntz: TIMESTAMP_NTZ_PARAMETER,
};

/** Seconds since 1970, rounded towards it, of a date, a timestamp, or a text read by a pattern. */
const unixTimestampNamed = (name: string, examples: readonly Example[]): ScalarBuiltin => ({
  kind: "scalar",
  name,
  resolve: (args, context) => {
    const source = UNIX_SOURCES[args[0]?.type.kind ?? ""] ?? TIMESTAMP_PARAMETER;
    return {
      args: typeArguments(args, context, [source, ONLY_STRING_PARAMETER], 1),
      type: LONG,
      nullable: !context.ansi || args.some((arg) => arg.nullable),
    };
  },
  kernel: unixTimestampKernel,
  print: (args) =>
    `${name}(${[...args, ...(args.length === 1 ? [DEFAULT_PATTERN] : [])].join(", ")})`,
  cost: 200,
  examples,
});

function unixTimestampKernel(call: CallFacts): ScalarKernel {
  if (call.args[0]?.type.kind !== "string")
    return {
      kind: "emit",
      emit: ({ code }, [micros]) =>
        micros && code.get(micros).i64(MICROS_PER_SECOND).op("i64.div_s"),
    };
  return {
    kind: "row",
    prepare: () => {
      const parse = patternReader(call, !call.ansi);
      return (text: string, pattern = DEFAULT_PATTERN) => {
        const found = parse(text, pattern);
        return found && found.instant / MICROS_PER_SECOND;
      };
    },
  };
}

export const UNIX_TIMESTAMP: ScalarBuiltin = unixTimestampNamed("unix_timestamp", [
  { sql: "SELECT unix_timestamp('2016-04-08', 'yyyy-MM-dd')", rows: ["1460073600"] },
  {
    sql: "SELECT unix_timestamp('2016-04-08 00:00:00'), unix_timestamp(DATE '2016-04-08')",
    rows: ["1460073600\t1460073600"],
  },
]);

export const TO_UNIX_TIMESTAMP: ScalarBuiltin = unixTimestampNamed("to_unix_timestamp", [
  { sql: "SELECT to_unix_timestamp('2016-04-08', 'yyyy-MM-dd')", rows: ["1460073600"] },
]);
