import type { Column } from "../column.ts";
import { type ColumnOrName, call, columnOf, ofOneColumn, ofSomeColumns } from "./call-function.ts";

type Text = Column | string;
type Count = Column | number;

const withFormat =
  (name: string) =>
  (column: ColumnOrName, format?: Text): Column =>
    call(name, [column], format === undefined ? [] : [format]);

const moved =
  (name: string) =>
  (column: ColumnOrName, by: Count): Column =>
    call(name, [column], [by]);

const daysBetween = (end: ColumnOrName, start: ColumnOrName): Column =>
  call("datediff", [end, start]);

/** Functions of dates and timestamps. Formats are Spark's date-time patterns. */
export const DATETIME_FUNCTIONS = {
  year: ofOneColumn("year"),
  quarter: ofOneColumn("quarter"),
  month: ofOneColumn("month"),
  weekofyear: ofOneColumn("weekofyear"),
  day: ofOneColumn("day"),
  dayofmonth: ofOneColumn("dayofmonth"),
  dayofweek: ofOneColumn("dayofweek"),
  dayofyear: ofOneColumn("dayofyear"),
  weekday: ofOneColumn("weekday"),
  hour: ofOneColumn("hour"),
  minute: ofOneColumn("minute"),
  second: ofOneColumn("second"),
  dayname: ofOneColumn("dayname"),
  monthname: ofOneColumn("monthname"),
  date_part: (field: Text, column: ColumnOrName): Column =>
    call("date_part", [], [field, columnOf(column)]),
  extract: (field: Text, column: ColumnOrName): Column =>
    call("extract", [], [field, columnOf(column)]),
  dateadd: moved("dateadd"),
  date_add: moved("date_add"),
  date_sub: moved("date_sub"),
  add_months: moved("add_months"),
  datediff: daysBetween,
  date_diff: daysBetween,
  months_between: (end: ColumnOrName, start: ColumnOrName): Column =>
    call("months_between", [end, start]),
  last_day: ofOneColumn("last_day"),
  next_day: (column: ColumnOrName, dayOfWeek: Text): Column =>
    call("next_day", [column], [dayOfWeek]),
  trunc: (column: ColumnOrName, unit: Text): Column => call("trunc", [column], [unit]),
  date_trunc: (unit: Text, column: ColumnOrName): Column =>
    call("date_trunc", [], [unit, columnOf(column)]),
  to_date: withFormat("to_date"),
  to_timestamp: withFormat("to_timestamp"),
  try_to_date: withFormat("try_to_date"),
  try_to_timestamp: withFormat("try_to_timestamp"),
  to_timestamp_ltz: withFormat("to_timestamp_ltz"),
  to_unix_timestamp: withFormat("to_unix_timestamp"),
  to_timestamp_ntz: withFormat("to_timestamp_ntz"),
  date_format: (column: ColumnOrName, format: Text): Column =>
    call("date_format", [column], [format]),
  from_unixtime: withFormat("from_unixtime"),
  unix_timestamp: withFormat("unix_timestamp"),
  unix_date: ofOneColumn("unix_date"),
  unix_micros: ofOneColumn("unix_micros"),
  unix_millis: ofOneColumn("unix_millis"),
  unix_seconds: ofOneColumn("unix_seconds"),
  timestamp_seconds: ofOneColumn("timestamp_seconds"),
  timestamp_millis: ofOneColumn("timestamp_millis"),
  timestamp_micros: ofOneColumn("timestamp_micros"),
  date_from_unix_date: ofOneColumn("date_from_unix_date"),
  from_utc_timestamp: (column: ColumnOrName, timeZone: Text): Column =>
    call("from_utc_timestamp", [column], [timeZone]),
  to_utc_timestamp: (column: ColumnOrName, timeZone: Text): Column =>
    call("to_utc_timestamp", [column], [timeZone]),
  convert_timezone: (from: Text, to: Text, column: ColumnOrName): Column =>
    call("convert_timezone", [], [from, to, columnOf(column)]),
  make_timestamp: ofSomeColumns("make_timestamp"),
  make_timestamp_ntz: ofSomeColumns("make_timestamp_ntz"),
  make_timestamp_ltz: ofSomeColumns("make_timestamp_ltz"),
  make_dt_interval: ofSomeColumns("make_dt_interval"),
  make_ym_interval: ofSomeColumns("make_ym_interval"),
  make_date: (year: ColumnOrName, month: ColumnOrName, day: ColumnOrName): Column =>
    call("make_date", [year, month, day]),
} as const;
