import { MICROS_PER_DAY, MICROS_PER_SECOND } from "../../columnar/datetime/calendar.ts";
import { daysToMicros } from "../datetime/date-code.ts";
import { failingToNull } from "../failing-to-null.ts";
import { type EmittedCast, plainCast } from "./cast-code.ts";
import type { CastFacts } from "./cast-facts.ts";

/** Casts of dates and timestamps that need no time zone, or UTC; and of whole seconds to timestamps. */
export function emittedDatetimeCast(facts: CastFacts): EmittedCast | null {
  const { from, to } = facts;
  const isUtc = facts.timeZone === "UTC";
  const kinds = `${from.kind} ${to.kind}`;
  if (kinds === "date timestamp_ntz" || (kinds === "date timestamp" && isUtc))
    return fromDate(facts);
  if (kinds === "timestamp_ntz date" || (kinds === "timestamp date" && isUtc)) return toDate();
  if (isUtc && (kinds === "timestamp timestamp_ntz" || kinds === "timestamp_ntz timestamp"))
    return plainCast(({ code }, value) => code.get(value));
  if (to.kind === "timestamp" && ["byte", "short", "int"].includes(from.kind))
    return plainCast(({ code }, value) =>
      code.get(value).op("i64.extend_i32_s").i64(MICROS_PER_SECOND).op("i64.mul"),
    );
  return null;
}

function fromDate({ mode }: CastFacts): EmittedCast {
  return {
    nullable: mode === "try",
    emit: (context, [date], _, isNull) => {
      if (date === undefined) return;
      context.code.get(date).op("i64.extend_i32_s");
      daysToMicros(mode === "try" && isNull ? failingToNull(context, isNull) : context);
    },
  };
}

/** The quotient rounded down: one less where the rest is negative. */
function toDate(): EmittedCast {
  return plainCast(({ code }, value) => {
    code.get(value).i64(MICROS_PER_DAY).op("i64.div_s").op("i32.wrap_i64");
    code.get(value).i64(MICROS_PER_DAY).op("i64.rem_s").i64(0n).op("i64.lt_s").op("i32.sub");
  });
}
