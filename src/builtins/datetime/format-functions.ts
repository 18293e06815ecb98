import { STRING } from "../../columnar/data-type.ts";
import type { ScalarBuiltin } from "../builtin.ts";
import { LONG_PARAMETER, STRING_PARAMETER, TIMESTAMP_PARAMETER, takes } from "../parameters.ts";
import { formatDatetime } from "./format-datetime.ts";
import { datetimePatternCache } from "./pattern-cache.ts";

const DEFAULT_PATTERN = "yyyy-MM-dd HH:mm:ss";

/** A timestamp by a pattern of Java's `DateTimeFormatter`, in local time. */
export const DATE_FORMAT: ScalarBuiltin = {
  kind: "scalar",
  name: "date_format",
  resolve: takes([TIMESTAMP_PARAMETER, STRING_PARAMETER], STRING),
  kernel: {
    kind: "row",
    prepare: (call) => {
      const compile = datetimePatternCache("formatting");
      return (micros: bigint, pattern: string) =>
        formatDatetime(compile(pattern), micros, call.timeZone);
    },
  },
  cost: 200,
  examples: [
    { sql: "SELECT date_format('2016-04-08', 'y')", rows: ["2016"] },
    {
      sql: "SELECT date_format(TIMESTAMP '2020-01-02 13:04:05.678', 'EEE, d MMM yyyy hh:mm:ss.SSS a')",
      rows: ["Thu, 2 Jan 2020 01:04:05.678 PM"],
    },
  ],
};

/** Seconds since 1970 by a pattern, in local time. */
export const FROM_UNIXTIME: ScalarBuiltin = {
  kind: "scalar",
  name: "from_unixtime",
  resolve: takes([LONG_PARAMETER, STRING_PARAMETER], STRING, { required: 1 }),
  kernel: {
    kind: "row",
    prepare: (call) => {
      const compile = datetimePatternCache("formatting");
      return (seconds: bigint, pattern = DEFAULT_PATTERN) =>
        formatDatetime(compile(pattern), BigInt.asIntN(64, seconds * 1_000_000n), call.timeZone);
    },
  },
  print: (args) =>
    `from_unixtime(${[...args, ...(args.length === 1 ? [DEFAULT_PATTERN] : [])].join(", ")})`,
  cost: 200,
  examples: [
    {
      sql: "SELECT from_unixtime(0), from_unixtime(0, 'yyyy')",
      rows: ["1970-01-01 00:00:00\t1970"],
    },
  ],
};
