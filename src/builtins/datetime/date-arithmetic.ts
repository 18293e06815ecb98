import { DATE, INT, STRING } from "../../columnar/data-type.ts";
import { civilFromDays, isoDayOfWeek } from "../../columnar/datetime/calendar.ts";
import { AnalysisError, DataError } from "../../common/errors.ts";
import type { Argument, CallFacts, Example, ScalarBuiltin, ScalarKernel } from "../builtin.ts";
import {
  DATE_PARAMETER,
  INT_PARAMETER,
  type Parameter,
  STRING_PARAMETER,
  takes,
} from "../parameters.ts";
import { unexpectedArgument } from "../type-mismatch.ts";
import { narrowDays } from "./date-code.ts";

/** Days are `int` or smaller; text is read as one. */
const DAYS_PARAMETER: Parameter = {
  requires: '("INT" or "SMALLINT" or "TINYINT")',
  accept: (type) => (["byte", "short", "int", "string", "null"].includes(type.kind) ? INT : null),
};

/** Without ANSI only a constant text is read as days, and it must be a whole number. */
function refuseTextDays(args: readonly Argument[], name: string): void {
  const days = args[1];
  if (days?.type.kind !== "string") return;
  const print = (texts: readonly string[]): string => `${name}(${texts.join(", ")})`;
  if (days.literal === undefined) throw unexpectedArgument(args, print, 1, DAYS_PARAMETER.requires);
  const { value } = days.literal;
  if (value === null || /^\s*[+-]?\d+\s*$/.test(String(value))) return;
  throw new AnalysisError({
    condition: "SECOND_FUNCTION_ARGUMENT_NOT_INTEGER",
    message: `The second argument of \`${name}\` function needs to be an integer, but was "${value}".`,
    sqlState: "22023",
  });
}

const moveDays = (
  name: string,
  aliases: readonly string[],
  op: "i32.add" | "i32.sub",
  examples: readonly Example[],
): ScalarBuiltin => ({
  kind: "scalar",
  name,
  aliases,
  resolve: (args, context) => {
    if (!context.ansi) refuseTextDays(args, name);
    return takes([DATE_PARAMETER, DAYS_PARAMETER], DATE)(args, context);
  },
  kernel: {
    kind: "emit",
    emit: ({ code }, args) => {
      for (const arg of args) code.get(arg);
      code.op(op);
    },
  },
  print: (args) => `${name}(${args.join(", ")})`,
  examples,
});

export const DATE_ADD: ScalarBuiltin = moveDays("date_add", ["dateadd"], "i32.add", [
  { sql: "SELECT date_add('2016-07-30', 1)", rows: ["2016-07-31"] },
]);

export const DATE_SUB: ScalarBuiltin = moveDays("date_sub", [], "i32.sub", [
  { sql: "SELECT date_sub('2016-07-30', 1)", rows: ["2016-07-29"] },
]);

/** Days from the second date to the first. */
export const DATEDIFF: ScalarBuiltin = {
  kind: "scalar",
  name: "date_diff",
  aliases: ["datediff"],
  resolve: takes([DATE_PARAMETER, DATE_PARAMETER], INT),
  kernel: {
    kind: "emit",
    emit: ({ code }, args) => {
      for (const arg of args) code.get(arg);
      code.op("i32.sub");
    },
  },
  examples: [
    { sql: "SELECT date_diff('2009-07-31', '2009-07-30')", rows: ["1"] },
    { sql: "SELECT date_diff('2009-07-30', '2009-07-31')", rows: ["-1"] },
  ],
};

/** The last day of the month where there is no such day. */
export const ADD_MONTHS: ScalarBuiltin = {
  kind: "scalar",
  name: "add_months",
  resolve: takes([DATE_PARAMETER, INT_PARAMETER], DATE),
  kernel: {
    kind: "emit",
    emit: (context, args) => {
      for (const arg of args) context.code.get(arg);
      context.kernel("addMonths");
      narrowDays(context);
    },
  },
  cost: 5,
  examples: [
    {
      sql: "SELECT add_months('2016-08-31', 1), add_months('2016-02-29', 12)",
      rows: ["2016-09-30\t2017-02-28"],
    },
  ],
};

export const LAST_DAY: ScalarBuiltin = {
  kind: "scalar",
  name: "last_day",
  resolve: takes([DATE_PARAMETER], DATE),
  kernel: {
    kind: "emit",
    emit: (context, [date]) => {
      if (date) context.code.get(date);
      context.kernel("lastDayOfMonth");
    },
  },
  cost: 3,
  examples: [{ sql: "SELECT last_day('2009-01-12')", rows: ["2009-01-31"] }],
};

const WEEKDAYS = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];

/** The first day of the week of that name behind a date. Fails with `ILLEGAL_DAY_OF_WEEK`; null without ANSI. */
export const NEXT_DAY: ScalarBuiltin = {
  kind: "scalar",
  name: "next_day",
  resolve: (args, context) => ({
    ...takes([DATE_PARAMETER, STRING_PARAMETER], DATE)(args, context),
    nullable: !context.ansi || args.some((arg) => arg.nullable),
  }),
  kernel: nextDayKernel,
  cost: 3,
  examples: [{ sql: "SELECT next_day('2015-01-14', 'TU')", rows: ["2015-01-20"] }],
};

function nextDayKernel(call: CallFacts): ScalarKernel {
  const name = call.args[1]?.literal?.value;
  const target = typeof name === "string" ? weekdayNamed(name) : null;
  if (target !== null)
    return {
      kind: "emit",
      emit: (context, [date]) => {
        if (date) context.code.get(date);
        context.code.i32(target);
        context.kernel("nextWeekday");
      },
    };
  return {
    kind: "row",
    prepare: () => (days: number, day: string) => {
      const wanted = weekdayNamed(day);
      if (wanted === null && !call.ansi) return null;
      if (wanted === null) throw illegalDayOfWeek(day);
      const ahead = wanted + 1 - isoDayOfWeek(days);
      return days + (ahead <= 0 ? ahead + 7 : ahead);
    },
  };
}

function weekdayNamed(name: string): number | null {
  const wanted = name.toUpperCase();
  const at = WEEKDAYS.findIndex(
    (day) => day === wanted || day.slice(0, 2) === wanted || day.slice(0, 3) === wanted,
  );
  return at < 0 ? null : at;
}

function illegalDayOfWeek(name: string): DataError {
  return new DataError({
    condition: "ILLEGAL_DAY_OF_WEEK",
    message: `Illegal input for day of week: ${name}.`,
    sqlState: "22009",
  });
}

const nameOf = (
  name: string,
  read: (days: number) => string,
  examples: readonly Example[],
): ScalarBuiltin => ({
  kind: "scalar",
  name,
  resolve: takes([DATE_PARAMETER], STRING),
  kernel: { kind: "row", prepare: () => read },
  examples,
});

const capital = (name: string): string => `${name.charAt(0)}${name.slice(1, 3).toLowerCase()}`;
const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

export const DAYNAME: ScalarBuiltin = nameOf(
  "dayname",
  (days) => capital(WEEKDAYS[isoDayOfWeek(days) - 1] ?? ""),
  [{ sql: "SELECT dayname('2008-02-20')", rows: ["Wed"] }],
);

export const MONTHNAME: ScalarBuiltin = nameOf(
  "monthname",
  (days) => {
    const { month } = civilFromDays(days);
    return MONTHS.slice(month * 3 - 3, month * 3);
  },
  [{ sql: "SELECT monthname('2008-02-20')", rows: ["Feb"] }],
);
