import {
  BYTE,
  DATE,
  type DataType,
  type DayTimeField,
  type DayTimeIntervalType,
  DOUBLE,
  decimal,
  INT,
  STRING,
  simpleString,
  TIMESTAMP,
  type YearMonthIntervalType,
} from "../../columnar/data-type.ts";
import { isInterval } from "../../columnar/type-class.ts";
import { AnalysisError } from "../../common/errors.ts";
import type {
  Argument,
  CallFacts,
  Example,
  ResolveContext,
  ScalarBuiltin,
  ScalarKernel,
  Signature,
} from "../builtin.ts";
import { constantArgument } from "../constant-argument.ts";
import { DATE_PARAMETER } from "../parameters.ts";
import { argumentText, requireArguments, unexpectedArgument } from "../type-mismatch.ts";
import { DATE_FIELDS, timeFieldNamed } from "./date-fields.ts";
import { dateFieldKernel, timeFieldKernel } from "./date-part-kernel.ts";

const SECONDS = decimal(8, 6);
const DAY_TIME_ORDER: readonly DayTimeField[] = ["day", "hour", "minute", "second"];

/** Microseconds of a unit, and how many of them make the next (0: none). */
const INTERVAL_UNITS: { readonly [field in DayTimeField]: readonly [bigint, bigint] } = {
  day: [86_400_000_000n, 0n],
  hour: [3_600_000_000n, 24n],
  minute: [60_000_000n, 60n],
  second: [1n, 60_000_000n],
};

const extractNamed = (
  name: string,
  aliases: readonly string[],
  print: ScalarBuiltin["print"],
  examples: readonly Example[],
): ScalarBuiltin => ({
  kind: "scalar",
  name,
  aliases,
  resolve: resolveExtract,
  kernel: extractKernel,
  ...(print ? { print } : {}),
  cost: 3,
  examples,
});

/** EXTRACT(field FROM source): the field is a string literal. */
export const EXTRACT: ScalarBuiltin = extractNamed(
  "extract",
  [],
  ([field, source]) => `extract(${field} FROM ${source})`,
  [
    { sql: "SELECT extract(YEAR FROM TIMESTAMP '2019-08-12 01:00:00.123456')", rows: ["2019"] },
    { sql: "SELECT extract(week FROM timestamp'2019-08-12 01:00:00.123456')", rows: ["33"] },
    { sql: "SELECT extract(doy FROM DATE'2019-08-12')", rows: ["224"] },
    {
      sql: "SELECT extract(SECONDS FROM timestamp'2019-10-01 00:00:01.000001')",
      rows: ["1.000001"],
    },
    { sql: "SELECT extract(MONTHS FROM INTERVAL '2-11' YEAR TO MONTH)", rows: ["11"] },
    {
      sql: "SELECT extract(SECONDS FROM INTERVAL '5:30.001' MINUTE TO SECOND)",
      rows: ["30.001000"],
    },
  ],
);

/** As EXTRACT. */
export const DATE_PART: ScalarBuiltin = extractNamed("date_part", ["datepart"], undefined, [
  { sql: "SELECT date_part('YEAR', TIMESTAMP '2019-08-12 01:00:00.123456')", rows: ["2019"] },
  { sql: "SELECT date_part('DAY', INTERVAL '-1 2' DAY TO HOUR)", rows: ["-1"] },
  {
    sql: "SELECT date_part('dow', DATE'2021-01-01'), date_part('dow_iso', DATE'2021-01-01')",
    rows: ["6\t5"],
  },
]);

function resolveExtract(args: readonly Argument[], context: ResolveContext): Signature {
  requireArguments(args, context, 2);
  const [field, source] = args;
  const isText = field?.type.kind === "string" || field?.type.kind === "null";
  const constant = isText ? constantArgument(field) : undefined;
  if (constant === undefined) throw nonFoldable(context.name);
  const constants = [0];
  if (constant.value === null || source === undefined)
    return { args: [STRING, source?.type ?? DATE], type: DOUBLE, constants, nullable: true };
  const name = String(constant.value).toUpperCase();
  const found = resolveField(name, source.type);
  if (found === null && isKnownField(name) && !isMoment(source.type))
    throw unexpectedArgument(
      args,
      (texts) => `${context.name}(${texts.join(", ")})`,
      1,
      DATE_FIELDS[name] ? '"DATE"' : '("TIMESTAMP" or "TIME")',
    );
  if (found === null) throw noSuchField(String(constant.value), source);
  return { args: [STRING, found.source], type: found.type, constants };
}

const isKnownField = (name: string): boolean =>
  DATE_FIELDS[name] !== undefined || timeFieldNamed(name) !== null;

const isMoment = (type: DataType): boolean =>
  isInterval(type) || DATE_PARAMETER.accept(type) !== null;

function resolveField(
  name: string,
  source: DataType,
): { readonly source: DataType; readonly type: DataType } | null {
  if (source.kind === "day_time_interval") return dayTimeField(name, source);
  if (source.kind === "year_month_interval") return yearMonthField(name, source);
  if (DATE_PARAMETER.accept(source) === null) return null;
  if (DATE_FIELDS[name] !== undefined) return { source: DATE, type: INT };
  const field = timeFieldNamed(name);
  if (field === null) return null;
  const timestamp = source.kind === "timestamp_ntz" ? source : TIMESTAMP;
  return { source: timestamp, type: field === "second" ? SECONDS : INT };
}

function dayTimeField(
  name: string,
  source: DayTimeIntervalType,
): { readonly source: DataType; readonly type: DataType } | null {
  const field = intervalField(name);
  if (field === null) return null;
  const at = (f: DayTimeField): number => DAY_TIME_ORDER.indexOf(f);
  if (at(field) < at(source.start) || at(field) > at(source.end)) return null;
  return { source, type: field === "second" ? SECONDS : field === "day" ? INT : BYTE };
}

function yearMonthField(
  name: string,
  source: YearMonthIntervalType,
): { readonly source: DataType; readonly type: DataType } | null {
  const kernel = DATE_FIELDS[name]?.kernel;
  if (kernel === "yearOfDay" && source.start === "year") return { source, type: INT };
  return kernel === "monthOfDay" && source.end === "month" ? { source, type: BYTE } : null;
}

function intervalField(name: string): DayTimeField | null {
  return DATE_FIELDS[name]?.kernel === "dayOfMonth" ? "day" : timeFieldNamed(name);
}

function extractKernel(call: CallFacts): ScalarKernel {
  const name = String(call.args[0]?.literal?.value).toUpperCase();
  const source = call.args[1]?.type;
  if (call.args[0]?.literal?.value === null) return { kind: "row", prepare: () => () => null };
  if (source?.kind === "day_time_interval") return intervalKernel(intervalField(name) ?? "day");
  if (source?.kind === "year_month_interval")
    return monthsKernel(DATE_FIELDS[name]?.kernel === "yearOfDay");
  const dateField = DATE_FIELDS[name];
  if (dateField) return dateFieldKernel(dateField);
  const field = timeFieldNamed(name) ?? "hour";
  return timeFieldKernel(field === "second" ? "secondWithFraction" : field, call);
}

function intervalKernel(field: DayTimeField): ScalarKernel {
  const [unit, count] = INTERVAL_UNITS[field];
  return {
    kind: "emit",
    emit: ({ code }, [, interval]) => {
      if (interval) code.get(interval).i64(unit).op("i64.div_s");
      if (count !== 0n) code.i64(count).op("i64.rem_s");
      if (field !== "second") code.op("i32.wrap_i64");
    },
  };
}

function monthsKernel(isYears: boolean): ScalarKernel {
  return {
    kind: "emit",
    emit: ({ code }, [, interval]) => {
      if (interval)
        code
          .get(interval)
          .i32(12)
          .op(isYears ? "i32.div_s" : "i32.rem_s");
    },
  };
}

function noSuchField(field: string, source: Argument): AnalysisError {
  return new AnalysisError({
    condition: "INVALID_EXTRACT_FIELD",
    message: `Cannot extract \`${field}\` from "${argumentText(source)}" of type ${simpleString(source.type)}.`,
    sqlState: "42601",
    details: { field },
  });
}

function nonFoldable(name: string): AnalysisError {
  return new AnalysisError({
    condition: "NON_FOLDABLE_ARGUMENT",
    message: `The function \`${name}\` requires the parameter \`field\` to be a foldable expression of the type "STRING", but the actual argument is a non-foldable.`,
    sqlState: "42K08",
  });
}
