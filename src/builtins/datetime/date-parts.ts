import { INT } from "../../columnar/data-type.ts";
import type { Example, ScalarBuiltin } from "../builtin.ts";
import { ANY_TIMESTAMP_PARAMETER, DATE_PARAMETER, takes, typeArguments } from "../parameters.ts";
import type { DateField, TimeField } from "./date-fields.ts";
import { dateFieldKernel, timeFieldKernel } from "./date-part-kernel.ts";

const datePart = (
  name: string,
  field: DateField,
  examples: readonly Example[],
  aliases: readonly string[] = [],
): ScalarBuiltin => ({
  kind: "scalar",
  name,
  aliases,
  resolve: takes([DATE_PARAMETER], INT),
  kernel: dateFieldKernel(field),
  cost: 3,
  examples,
});

const timePart = (name: TimeField, examples: readonly Example[]): ScalarBuiltin => ({
  kind: "scalar",
  name,
  resolve: (args, context) => ({
    args: typeArguments(args, context, [ANY_TIMESTAMP_PARAMETER]),
    type: INT,
  }),
  kernel: (call) => timeFieldKernel(name, call),
  cost: 3,
  examples,
});

/** Functions that read one field of a date or a timestamp, as an `int`. */
export const DATE_PARTS: readonly ScalarBuiltin[] = [
  datePart("year", { kernel: "yearOfDay" }, [
    {
      sql: "SELECT year('2016-07-30'), year(TIMESTAMP '2016-07-30 01:00:00')",
      rows: ["2016\t2016"],
    },
  ]),
  datePart("quarter", { kernel: "quarterOfDay" }, [
    { sql: "SELECT quarter('2016-08-31')", rows: ["3"] },
  ]),
  datePart("month", { kernel: "monthOfDay" }, [{ sql: "SELECT month('2016-07-30')", rows: ["7"] }]),
  datePart(
    "day",
    { kernel: "dayOfMonth" },
    [{ sql: "SELECT day('2009-07-30'), dayofmonth('2009-07-30')", rows: ["30\t30"] }],
    ["dayofmonth"],
  ),
  datePart("dayofyear", { kernel: "dayOfYear" }, [
    { sql: "SELECT dayofyear('2016-04-09')", rows: ["100"] },
  ]),
  datePart("dayofweek", { kernel: "weekday", weekdayAs: "sundayFirst" }, [
    { sql: "SELECT dayofweek('2009-07-30')", rows: ["5"] },
  ]),
  datePart("weekday", { kernel: "weekday" }, [
    { sql: "SELECT weekday('2009-07-30')", rows: ["3"] },
  ]),
  datePart("weekofyear", { kernel: "weekOfDay" }, [
    { sql: "SELECT weekofyear('2008-02-20'), weekofyear('2020-12-31')", rows: ["8\t53"] },
  ]),
  timePart("hour", [
    { sql: "SELECT hour('2018-02-14 12:58:59'), hour(DATE '2020-01-01')", rows: ["12\t0"] },
  ]),
  timePart("minute", [{ sql: "SELECT minute('2009-07-30 12:58:59')", rows: ["58"] }]),
  timePart("second", [{ sql: "SELECT second('2018-02-14 12:58:59.5')", rows: ["59"] }]),
];
