import { MICROS_PER_DAY } from "../../columnar/datetime/calendar.ts";
import { floorMod } from "../../common/floor-division.ts";
import type { Local } from "../../wasm/function-builder.ts";
import type { CallFacts, EmitContext, ScalarKernel } from "../builtin.ts";
import { pushTimeOfDay } from "./date-code.ts";
import type { DateField, TimeField } from "./date-fields.ts";
import { readsAsUtc, toLocalMicros, zoneOf } from "./zoned-time.ts";

/** Microseconds of a unit, and how many of them make the next. */
const TIME_UNITS: { readonly [field in TimeField]: readonly [bigint, bigint] } = {
  hour: [3_600_000_000n, 24n],
  minute: [60_000_000n, 60n],
  second: [1_000_000n, 60n],
};

/** Reads a field of the date in the last argument. */
export function dateFieldKernel(field: DateField): ScalarKernel {
  return {
    kind: "emit",
    emit: (context, args) => {
      const date = args.at(-1);
      if (date) pushDateField(context, date, field);
    },
  };
}

function pushDateField(context: EmitContext, days: Local, field: DateField): void {
  const { code } = context;
  code.get(days);
  context.kernel(field.kernel);
  if (field.weekdayAs === "sundayFirst") code.i32(1).op("i32.add").i32(7).op("i32.rem_u");
  if (field.weekdayAs !== undefined) code.i32(1).op("i32.add");
}

/** Reads a field of the timestamp in the last argument: an `int`, or seconds with microseconds as `decimal(8,6)`. */
export function timeFieldKernel(
  field: TimeField | "secondWithFraction",
  call: CallFacts,
): ScalarKernel {
  const type = call.args.at(-1)?.type;
  const isFraction = field === "secondWithFraction";
  const [unit, count] = isFraction ? ([1n, 60_000_000n] as const) : TIME_UNITS[field];
  if (type !== undefined && !readsAsUtc(type, call)) {
    const zone = zoneOf(type, call);
    const read = (...args: unknown[]): bigint | number => {
      const time = floorMod(toLocalMicros(args.at(-1) as bigint, zone), MICROS_PER_DAY);
      const value = (time / unit) % count;
      return isFraction ? value : Number(value);
    };
    return { kind: "row", prepare: () => read };
  }
  return {
    kind: "emit",
    emit: (context, args) => {
      const { code } = context;
      const micros = args.at(-1);
      if (micros) pushTimeOfDay(context, micros);
      code.i64(unit).op("i64.div_u").i64(count).op("i64.rem_u");
      if (!isFraction) code.op("i32.wrap_i64");
    },
  };
}
