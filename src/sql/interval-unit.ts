/** A number and its unit (upper case), as an interval literal has them. */
export interface IntervalPart {
  readonly text: string;
  readonly unit: string;
}

interface Unit {
  /** The field of the interval's type that it counts as. */
  readonly field: "year" | "month" | "day" | "hour" | "minute" | "second";
  /** Months or microseconds, or null where the text is not such a number. */
  readonly parse: (text: string) => bigint | null;
}

const INTEGER = /^[+-]?\d{1,19}$/;
const SECONDS = /^([+-]?)(\d{1,19})?(?:\.(\d{0,9}))?$/;
const MICROS = {
  second: 1_000_000n,
  minute: 60_000_000n,
  hour: 3_600_000_000n,
  day: 86_400_000_000n,
};

const whole = (field: Unit["field"], factor: bigint): Unit => ({
  field,
  parse: (text) => (INTEGER.test(text) ? BigInt(text.replace("+", "")) * factor : null),
});

/** The units of interval literals, in singular and plural. */
export const UNITS: ReadonlyMap<string, Unit> = new Map(
  Object.entries({
    YEAR: whole("year", 12n),
    MONTH: whole("month", 1n),
    WEEK: whole("day", 7n * MICROS.day),
    DAY: whole("day", MICROS.day),
    HOUR: whole("hour", MICROS.hour),
    MINUTE: whole("minute", MICROS.minute),
    SECOND: { field: "second" as const, parse: parseSeconds },
    MILLISECOND: whole("second", 1000n),
    MICROSECOND: whole("second", 1n),
  }).flatMap(([name, unit]): [string, Unit][] => [
    [name, unit],
    [`${name}S`, unit],
  ]),
);

function parseSeconds(text: string): bigint | null {
  const match = SECONDS.exec(text);
  if (match === null || (match[2] === undefined && !match[3])) return null;
  const [, sign, seconds = "0", fraction = ""] = match;
  const micros = BigInt(seconds) * MICROS.second + BigInt(fraction.slice(0, 6).padEnd(6, "0"));
  return sign === "-" ? -micros : micros;
}

const PART = /\s*([+-]?\s*[\d.]+)\s+([a-z]+)/iy;

/** The parts of `'1 day 2 hours'` or `'interval 1 day'`, or null where it is something else. */
export function parseIntervalText(text: string): readonly IntervalPart[] | null {
  const body = text.trim().replace(/^interval\s+/i, "");
  const parts: IntervalPart[] = [];
  PART.lastIndex = 0;
  while (PART.lastIndex < body.length) {
    const match = PART.exec(body);
    const unit = match?.[2]?.toUpperCase() ?? "";
    const number = match?.[1]?.replace(/\s/g, "") ?? "";
    if (match === null || UNITS.get(unit)?.parse(number) === null || !UNITS.has(unit)) return null;
    parts.push({ text: number, unit });
  }
  return parts.length === 0 ? null : parts;
}
