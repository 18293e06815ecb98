import { MICROS_PER_DAY, MICROS_PER_SECOND } from "../../columnar/datetime/calendar.ts";
import {
  parseDate,
  parseTimestamp,
  parseTimestampNtz,
} from "../../columnar/datetime/datetime-text.ts";
import { localToUtcMicros, zoneOffsetMicros } from "../../columnar/datetime/time-zone.ts";
import { floorDiv } from "../../common/floor-division.ts";
import { checkedLong } from "../datetime/zoned-time.ts";
import { decimalOf } from "../decimal/decimal-call.ts";
import { powerOf10 } from "../decimal/decimal-rounding.ts";
import { castInvalidInput, castOverflow } from "./cast-errors.ts";
import { type CastFacts, reject, type ValueCast } from "./cast-facts.ts";

const LONG_MAX = (1n << 63n) - 1n;

function fromText(facts: CastFacts, parse: (text: string) => unknown): ValueCast {
  return (text: string) => parse(text) ?? reject(facts, () => castInvalidInput(text, facts.to));
}

/** Casts to date: the local day of a timestamp. */
export function toDate(facts: CastFacts): ValueCast {
  switch (facts.from.kind) {
    case "string":
      return fromText(facts, parseDate);
    case "timestamp":
      return (micros: bigint) =>
        Number(floorDiv(micros + zoneOffsetMicros(facts.timeZone, micros), MICROS_PER_DAY));
    default:
      return (micros: bigint) => Number(floorDiv(micros, MICROS_PER_DAY));
  }
}

/** Casts to a timestamp without time zone. */
export function toTimestampNtz(facts: CastFacts): ValueCast {
  switch (facts.from.kind) {
    case "string":
      return fromText(facts, parseTimestampNtz);
    case "date":
      return (days: number) => withinLong(facts, BigInt(days) * MICROS_PER_DAY);
    default:
      return (micros: bigint) =>
        withinLong(facts, micros + zoneOffsetMicros(facts.timeZone, micros));
  }
}

/** Casts to a timestamp; numbers are seconds since 1970. */
export function toTimestamp(facts: CastFacts): ValueCast {
  const { from, timeZone } = facts;
  switch (from.kind) {
    case "string":
      return fromText(facts, (text) => parseTimestamp(text, timeZone));
    case "date":
      return (days: number) =>
        withinLong(facts, localToUtcMicros(timeZone, BigInt(days) * MICROS_PER_DAY));
    case "timestamp_ntz":
      return (local: bigint) => withinLong(facts, localToUtcMicros(timeZone, local));
    case "boolean":
      return (value: boolean) => (value ? 1n : 0n);
    case "float":
    case "double":
      return (seconds: number) => fromSeconds(facts, seconds);
    case "decimal":
      return (value: bigint) => fromDecimal(facts, value);
    default:
      return (seconds: bigint | number) => saturated(BigInt(seconds) * MICROS_PER_SECOND);
  }
}

/** As Java's exact arithmetic: fails without ANSI too. */
function withinLong({ mode }: CastFacts, micros: bigint): bigint | null {
  const fits = BigInt.asIntN(64, micros) === micros;
  return fits || mode !== "try" ? checkedLong(micros) : null;
}

function fromDecimal(facts: CastFacts, value: bigint): bigint {
  const micros = (value * MICROS_PER_SECOND) / powerOf10(decimalOf(facts.from).scale);
  return BigInt.asIntN(64, micros);
}

function fromSeconds(facts: CastFacts, seconds: number): bigint | null {
  if (!Number.isFinite(seconds))
    return reject(facts, () => castInvalidInput(String(seconds), facts.to));
  const micros = seconds * 1e6;
  if (facts.mode !== "legacy" && (Math.floor(micros) > 2 ** 63 || Math.ceil(micros) < -(2 ** 63)))
    return reject(facts, () => castOverflow(seconds, facts.from, facts.to));
  if (Math.abs(micros) >= 2 ** 63) return micros > 0 ? LONG_MAX : -LONG_MAX - 1n;
  return BigInt(Math.trunc(micros));
}

function saturated(micros: bigint): bigint {
  if (micros > LONG_MAX) return LONG_MAX;
  return micros < -LONG_MAX - 1n ? -LONG_MAX - 1n : micros;
}
