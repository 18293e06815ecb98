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
  /** SQL: `year('2016-07-30'), year(TIMESTAMP '2016-07-30 01:00:00')` → `2016	2016` */
  year: ofOneColumn("year"),
  /** SQL: `quarter('2016-08-31')` → `3` */
  quarter: ofOneColumn("quarter"),
  /** SQL: `month('2016-07-30')` → `7` */
  month: ofOneColumn("month"),
  /** SQL: `weekofyear('2008-02-20'), weekofyear('2020-12-31')` → `8	53` */
  weekofyear: ofOneColumn("weekofyear"),
  /** SQL: `day('2009-07-30'), dayofmonth('2009-07-30')` → `30	30` */
  day: ofOneColumn("day"),
  /** SQL: `day('2009-07-30'), dayofmonth('2009-07-30')` → `30	30` */
  dayofmonth: ofOneColumn("dayofmonth"),
  /** SQL: `dayofweek('2009-07-30')` → `5` */
  dayofweek: ofOneColumn("dayofweek"),
  /** SQL: `dayofyear('2016-04-09')` → `100` */
  dayofyear: ofOneColumn("dayofyear"),
  /** SQL: `weekday('2009-07-30')` → `3` */
  weekday: ofOneColumn("weekday"),
  /** SQL: `hour('2018-02-14 12:58:59'), hour(DATE '2020-01-01')` → `12	0` */
  hour: ofOneColumn("hour"),
  /** SQL: `minute('2009-07-30 12:58:59')` → `58` */
  minute: ofOneColumn("minute"),
  /** SQL: `second('2018-02-14 12:58:59.5')` → `59` */
  second: ofOneColumn("second"),
  /** SQL: `dayname('2008-02-20')` → `Wed` */
  dayname: ofOneColumn("dayname"),
  /** SQL: `monthname('2008-02-20')` → `Feb` */
  monthname: ofOneColumn("monthname"),
  /** SQL: `date_part('DAY', INTERVAL '-1 2' DAY TO HOUR)` → `-1` */
  date_part: (field: Text, column: ColumnOrName): Column =>
    call("date_part", [], [field, columnOf(column)]),
  /** SQL: `extract(doy FROM DATE'2019-08-12')` → `224` */
  extract: (field: Text, column: ColumnOrName): Column =>
    call("extract", [], [field, columnOf(column)]),
  /** SQL: `date_add('2016-07-30', 1)` → `2016-07-31` */
  dateadd: moved("dateadd"),
  /** SQL: `date_add('2016-07-30', 1)` → `2016-07-31` */
  date_add: moved("date_add"),
  /** SQL: `date_sub('2016-07-30', 1)` → `2016-07-29` */
  date_sub: moved("date_sub"),
  /** SQL: `add_months('2016-08-31', 1), add_months('2016-02-29', 12)` → `2016-09-30	2017-02-28` */
  add_months: moved("add_months"),
  /** SQL: `date_diff('2009-07-31', '2009-07-30')` → `1` */
  datediff: daysBetween,
  /** SQL: `date_diff('2009-07-31', '2009-07-30')` → `1` */
  date_diff: daysBetween,
  /** SQL: `months_between('2020-02-29', '2020-01-31')` → `1.0` */
  months_between: (end: ColumnOrName, start: ColumnOrName): Column =>
    call("months_between", [end, start]),
  /** SQL: `last_day('2009-01-12')` → `2009-01-31` */
  last_day: ofOneColumn("last_day"),
  /** SQL: `next_day('2015-01-14', 'TU')` → `2015-01-20` */
  next_day: (column: ColumnOrName, dayOfWeek: Text): Column =>
    call("next_day", [column], [dayOfWeek]),
  /** SQL: `trunc('2009-02-12', 'MM')` → `2009-02-01` */
  trunc: (column: ColumnOrName, unit: Text): Column => call("trunc", [column], [unit]),
  /** SQL: `date_trunc('MM', '2015-03-05T09:32:05.359')` → `2015-03-01 00:00:00` */
  date_trunc: (unit: Text, column: ColumnOrName): Column =>
    call("date_trunc", [], [unit, columnOf(column)]),
  /** SQL: `to_date('2009-07-30 04:17:52')` → `2009-07-30` */
  to_date: withFormat("to_date"),
  /** SQL: `to_timestamp(1.5)` → `1970-01-01 00:00:01.5` */
  to_timestamp: withFormat("to_timestamp"),
  /** SQL: `try_to_date('2016-12-31')` → `2016-12-31` */
  try_to_date: withFormat("try_to_date"),
  /** SQL: `try_to_timestamp('2016-12-31 00:12:00')` → `2016-12-31 00:12:00` */
  try_to_timestamp: withFormat("try_to_timestamp"),
  /** SQL: `to_timestamp_ltz('2016-12-31 00:12:00')` → `2016-12-31 00:12:00` */
  to_timestamp_ltz: withFormat("to_timestamp_ltz"),
  /** SQL: `to_unix_timestamp('2016-04-08', 'yyyy-MM-dd')` → `1460073600` */
  to_unix_timestamp: withFormat("to_unix_timestamp"),
  /** SQL: `to_timestamp_ntz('2016-12-31 00:12:00')` → `2016-12-31 00:12:00` */
  to_timestamp_ntz: withFormat("to_timestamp_ntz"),
  /** SQL: `date_format('2016-04-08', 'y')` → `2016` */
  date_format: (column: ColumnOrName, format: Text): Column =>
    call("date_format", [column], [format]),
  /** SQL: `from_unixtime(0), from_unixtime(0, 'yyyy')` → `1970-01-01 00:00:00	1970` */
  from_unixtime: withFormat("from_unixtime"),
  /** SQL: `unix_timestamp('2016-04-08', 'yyyy-MM-dd')` → `1460073600` */
  unix_timestamp: withFormat("unix_timestamp"),
  /** SQL: `unix_date(DATE('1970-01-02'))` → `1` */
  unix_date: ofOneColumn("unix_date"),
  /** SQL: `unix_micros(TIMESTAMP('1970-01-01 00:00:01Z'))` → `1000000` */
  unix_micros: ofOneColumn("unix_micros"),
  /** SQL: `unix_millis(TIMESTAMP('1969-12-31 23:59:59.9999Z'))` → `-1` */
  unix_millis: ofOneColumn("unix_millis"),
  /** SQL: `unix_seconds(TIMESTAMP('1970-01-01 00:00:01Z'))` → `1` */
  unix_seconds: ofOneColumn("unix_seconds"),
  /** SQL: `timestamp_seconds(1230219000)` → `2008-12-25 15:30:00` */
  timestamp_seconds: ofOneColumn("timestamp_seconds"),
  /** SQL: `timestamp_millis(1230219000123)` → `2008-12-25 15:30:00.123` */
  timestamp_millis: ofOneColumn("timestamp_millis"),
  /** SQL: `timestamp_micros(1230219000123123)` → `2008-12-25 15:30:00.123123` */
  timestamp_micros: ofOneColumn("timestamp_micros"),
  /** SQL: `date_from_unix_date(1)` → `1970-01-02` */
  date_from_unix_date: ofOneColumn("date_from_unix_date"),
  /** SQL: `from_utc_timestamp('2016-08-31', 'Asia/Seoul')` → `2016-08-31 09:00:00` */
  from_utc_timestamp: (column: ColumnOrName, timeZone: Text): Column =>
    call("from_utc_timestamp", [column], [timeZone]),
  /** SQL: `to_utc_timestamp('2016-08-31', 'Asia/Seoul')` → `2016-08-30 15:00:00` */
  to_utc_timestamp: (column: ColumnOrName, timeZone: Text): Column =>
    call("to_utc_timestamp", [column], [timeZone]),
  /** SQL: `convert_timezone('Europe/Brussels', timestamp_ntz'2021-12-05 15:00:00')` → `2021-12-05 16:00:00` */
  convert_timezone: (from: Text, to: Text, column: ColumnOrName): Column =>
    call("convert_timezone", [], [from, to, columnOf(column)]),
  /** SQL: `make_timestamp(DATE'2014-12-28')` → `2014-12-28 00:00:00` */
  make_timestamp: ofSomeColumns("make_timestamp"),
  /** SQL: `make_timestamp_ntz(2014, 12, 28, 6, 30, 45.887)` → `2014-12-28 06:30:45.887` */
  make_timestamp_ntz: ofSomeColumns("make_timestamp_ntz"),
  /** SQL: `make_timestamp_ltz(2014, 12, 28, 6, 30, 45.887)` → `2014-12-28 06:30:45.887` */
  make_timestamp_ltz: ofSomeColumns("make_timestamp_ltz"),
  /** SQL: `make_dt_interval(2)` → `2 00:00:00.000000000` */
  make_dt_interval: ofSomeColumns("make_dt_interval"),
  /** SQL: `make_ym_interval(1, 2)` → `1-2` */
  make_ym_interval: ofSomeColumns("make_ym_interval"),
  /** SQL: `make_date(2013, 7, 15)` → `2013-07-15` */
  make_date: (year: ColumnOrName, month: ColumnOrName, day: ColumnOrName): Column =>
    call("make_date", [year, month, day]),
} as const;
