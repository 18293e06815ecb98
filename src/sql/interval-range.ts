import {
  type DataType,
  type DayTimeField,
  dayTimeInterval,
  yearMonthInterval,
} from "../columnar/data-type.ts";

const FIELDS = ["DAY", "HOUR", "MINUTE", "SECOND"];
const MICROS = [86_400_000_000n, 3_600_000_000n, 60_000_000n, 1_000_000n];
/** The greatest value of a field that is not the first. */
const LIMITS = [0, 23, 59, 59];
const PATTERNS = [
  String.raw`(\d+)`,
  String.raw`(\d{1,2})`,
  String.raw`(\d{1,2})`,
  String.raw`(\d{1,2}(?:\.\d{1,9})?)`,
];

/** True if `from TO to` is a range of interval fields. */
export function isFromTo(from: string, to: string): boolean {
  if (from === "YEAR") return to === "MONTH";
  return FIELDS.includes(from) && FIELDS.indexOf(to) > FIELDS.indexOf(from);
}

/** Months or microseconds of text like `1-2` or `1 02:03:04.5`, or null where it does not fit the fields. */
export function fromToInterval(
  text: string,
  from: string,
  to: string,
): { readonly type: DataType; readonly value: bigint } | null {
  return from === "YEAR"
    ? yearToMonth(text)
    : dayTime(text, FIELDS.indexOf(from), FIELDS.indexOf(to));
}

function yearToMonth(text: string): { readonly type: DataType; readonly value: bigint } | null {
  const match = /^([+-]{0,2})(\d{1,10})-(\d{1,2})$/.exec(text);
  if (match === null || Number(match[3]) > 11) return null;
  const months = BigInt(match[2] ?? 0) * 12n + BigInt(match[3] ?? 0);
  return { type: yearMonthInterval(), value: isNegative(match[1]) ? -months : months };
}

function dayTime(
  text: string,
  first: number,
  last: number,
): { readonly type: DataType; readonly value: bigint } | null {
  const fields = PATTERNS.slice(first, last + 1);
  if (first > 0) fields[0] = first === 3 ? String.raw`(\d+(?:\.\d{1,9})?)` : String.raw`(\d+)`;
  const body = first === 0 ? `${fields[0]}[ T]+${fields.slice(1).join(":")}` : fields.join(":");
  const match = new RegExp(`^([+-]{0,2})${body}$`).exec(text);
  if (match === null) return null;
  let micros = 0n;
  for (let i = first; i <= last; i++) {
    const [whole = "0", fraction = ""] = (match[i - first + 2] ?? "0").split(".");
    if (i > first && Number(whole) > (LIMITS[i] ?? 0)) return null;
    micros += BigInt(whole) * (MICROS[i] ?? 0n) + BigInt(fraction.slice(0, 6).padEnd(6, "0"));
  }
  const type = dayTimeInterval(fieldName(first), fieldName(last));
  return { type, value: isNegative(match[1]) ? -micros : micros };
}

function fieldName(index: number): DayTimeField {
  const names: readonly DayTimeField[] = ["day", "hour", "minute", "second"];
  return names[index] ?? "second";
}

function isNegative(signs: string | undefined): boolean {
  return (signs ?? "").replaceAll("+", "").length % 2 === 1;
}
