import type { Builtin } from "../builtin.ts";
import {
  ADD_MONTHS,
  DATE_ADD,
  DATE_SUB,
  DATEDIFF,
  DAYNAME,
  LAST_DAY,
  MONTHNAME,
  NEXT_DAY,
} from "./date-arithmetic.ts";
import { DATE_PARTS } from "./date-parts.ts";
import { DATE_PART, EXTRACT } from "./extract.ts";
import { DATE_FORMAT, FROM_UNIXTIME } from "./format-functions.ts";
import { MAKE_DATE, MAKE_DT_INTERVAL, MAKE_TIMESTAMPS, MAKE_YM_INTERVAL } from "./make-datetime.ts";
import { MONTHS_BETWEEN } from "./months-between.ts";
import { PARSE_FUNCTIONS, TO_UNIX_TIMESTAMP, UNIX_TIMESTAMP } from "./parse-functions.ts";
import { TIMESTAMPADD, TIMESTAMPDIFF } from "./timestamp-units.ts";
import { DATE_TRUNC, TRUNC } from "./trunc.ts";
import {
  DATE_FROM_UNIX_DATE,
  TIMESTAMP_MICROS,
  TIMESTAMP_MILLIS,
  TIMESTAMP_SECONDS,
  UNIX_DATE,
  UNIX_MICROS,
  UNIX_MILLIS,
  UNIX_SECONDS,
} from "./unix-time.ts";
import { CONVERT_TIMEZONE, FROM_UTC_TIMESTAMP, TO_UTC_TIMESTAMP } from "./zone-conversion.ts";

/** Functions on dates, timestamps and intervals; those of the current moment are the analyzer's. */
export const DATETIME_BUILTINS: readonly Builtin[] = [
  ...DATE_PARTS,
  ...MAKE_TIMESTAMPS,
  ...PARSE_FUNCTIONS,
  ADD_MONTHS,
  CONVERT_TIMEZONE,
  DATEDIFF,
  DATE_ADD,
  DATE_FORMAT,
  DATE_FROM_UNIX_DATE,
  DATE_PART,
  DATE_SUB,
  DATE_TRUNC,
  DAYNAME,
  EXTRACT,
  FROM_UNIXTIME,
  FROM_UTC_TIMESTAMP,
  LAST_DAY,
  MAKE_DATE,
  MAKE_DT_INTERVAL,
  MAKE_YM_INTERVAL,
  MONTHNAME,
  MONTHS_BETWEEN,
  NEXT_DAY,
  TIMESTAMPADD,
  TIMESTAMPDIFF,
  TIMESTAMP_MICROS,
  TIMESTAMP_MILLIS,
  TIMESTAMP_SECONDS,
  TO_UNIX_TIMESTAMP,
  TO_UTC_TIMESTAMP,
  TRUNC,
  UNIX_DATE,
  UNIX_MICROS,
  UNIX_MILLIS,
  UNIX_SECONDS,
  UNIX_TIMESTAMP,
];
