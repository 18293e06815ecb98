import { TIMESTAMP, TIMESTAMP_NTZ } from "../../columnar/data-type.ts";
import { localToUtcMicros, zoneOffsetMicros } from "../../columnar/datetime/time-zone.ts";
import type { ScalarBuiltin, ScalarKernel } from "../builtin.ts";
import {
  STRING_PARAMETER,
  TIMESTAMP_NTZ_PARAMETER,
  TIMESTAMP_PARAMETER,
  takes,
  typeArguments,
} from "../parameters.ts";
import { checkedLong } from "./zoned-time.ts";

/** A local time of one zone (the session's by default) as local time of another. */
export const CONVERT_TIMEZONE: ScalarBuiltin = {
  kind: "scalar",
  name: "convert_timezone",
  resolve: (args, context) => {
    const zones = args.length === 2 ? [STRING_PARAMETER] : [STRING_PARAMETER, STRING_PARAMETER];
    const types = typeArguments(args, context, [...zones, TIMESTAMP_NTZ_PARAMETER]);
    return { args: types, type: TIMESTAMP_NTZ };
  },
  kernel: (call): ScalarKernel => ({
    kind: "row",
    prepare: () =>
      call.args.length === 2
        ? (to: string, local: bigint) => convert(call.timeZone, to, local)
        : (from: string, to: string, local: bigint) => convert(from, to, local),
  }),
  print: (args) =>
    `convert_timezone(${[...(args.length === 2 ? ["current_timezone()"] : []), ...args].join(", ")})`,
  examples: [
    {
      sql: "SELECT convert_timezone('Europe/Brussels', 'America/Los_Angeles', timestamp_ntz'2021-12-06 00:00:00')",
      rows: ["2021-12-05 15:00:00"],
    },
    {
      sql: "SELECT convert_timezone('Europe/Brussels', timestamp_ntz'2021-12-05 15:00:00')",
      rows: ["2021-12-05 16:00:00"],
    },
  ],
};

function convert(from: string, to: string, local: bigint): bigint {
  const instant = checkedLong(localToUtcMicros(from, local));
  return checkedLong(instant + zoneOffsetMicros(to, instant));
}

const resolveShift = takes([TIMESTAMP_PARAMETER, STRING_PARAMETER], TIMESTAMP);

/** The timestamp whose session time is what the clock shows in a zone when that of UTC shows the given one. */
export const FROM_UTC_TIMESTAMP: ScalarBuiltin = {
  kind: "scalar",
  name: "from_utc_timestamp",
  resolve: resolveShift,
  kernel: {
    kind: "row",
    prepare: () => (micros: bigint, zone: string) => convert("UTC", zone, micros),
  },
  examples: [
    { sql: "SELECT from_utc_timestamp('2016-08-31', 'Asia/Seoul')", rows: ["2016-08-31 09:00:00"] },
  ],
};

/** The inverse of `from_utc_timestamp`. */
export const TO_UTC_TIMESTAMP: ScalarBuiltin = {
  kind: "scalar",
  name: "to_utc_timestamp",
  resolve: resolveShift,
  kernel: {
    kind: "row",
    prepare: () => (micros: bigint, zone: string) => convert(zone, "UTC", micros),
  },
  examples: [
    { sql: "SELECT to_utc_timestamp('2016-08-31', 'Asia/Seoul')", rows: ["2016-08-30 15:00:00"] },
  ],
};
