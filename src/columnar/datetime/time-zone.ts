import { DataError } from "../../common/errors.ts";
import { floorDiv } from "../../common/floor-division.ts";
import { MICROS_PER_SECOND } from "./calendar.ts";

/** A zone's offset from UTC in seconds, constant from `from` (inclusive) to `until` (exclusive), epoch seconds. */
interface Span {
  readonly from: number;
  readonly until: number;
  readonly offset: number;
}

interface Zone {
  /** Null where the offset changes over time. */
  readonly fixed: number | null;
  readonly format: Intl.DateTimeFormat | null;
  readonly years: Map<number, readonly Span[]>;
  last: Span;
}

const NO_SPAN: Span = { from: 0, until: 0, offset: 0 };
const CYCLE_SECONDS = 146_097 * 86_400;
/** No zone had left its local mean time before 1800. */
const FIRST_SECOND = Date.UTC(1800, 0, 1) / 1000;
/** From here on rules only repeat, every 400 years. */
const LAST_SECOND = Date.UTC(2400, 0, 1) / 1000;
const DAY_SECONDS = 86_400;
const MAX_FIXED_SECONDS = 18 * 3600;

/** Java's `ZoneId.SHORT_IDS`, which Spark accepts. */
const SHORT_IDS: { readonly [name: string]: string } = {
  ACT: "Australia/Darwin",
  AET: "Australia/Sydney",
  AGT: "America/Argentina/Buenos_Aires",
  ART: "Africa/Cairo",
  AST: "America/Anchorage",
  BET: "America/Sao_Paulo",
  BST: "Asia/Dhaka",
  CAT: "Africa/Harare",
  CNT: "America/St_Johns",
  CST: "America/Chicago",
  CTT: "Asia/Shanghai",
  EAT: "Africa/Addis_Ababa",
  ECT: "Europe/Paris",
  EST: "-05:00",
  HST: "-10:00",
  IET: "America/Indiana/Indianapolis",
  IST: "Asia/Kolkata",
  JST: "Asia/Tokyo",
  MIT: "Pacific/Apia",
  MST: "-07:00",
  NET: "Asia/Yerevan",
  NST: "Pacific/Auckland",
  PLT: "Asia/Karachi",
  PNT: "America/Phoenix",
  PRT: "America/Puerto_Rico",
  PST: "America/Los_Angeles",
  SST: "Pacific/Guadalcanal",
  VST: "Asia/Ho_Chi_Minh",
};

const OFFSET =
  /^(?:UTC|GMT|UT)?([+-])(?:(\d)|(\d\d)|(\d\d)(\d\d)(\d\d)?|(\d\d?):(\d\d?)|(\d\d?):(\d\d):(\d\d))$/;
const zones = new Map<string, Zone | null>();

/**
 * What to add to UTC for the local time of `zone` at an instant, in microseconds. Zones are IANA names, Java's short
 * names, and offsets (`+01:00`, `UTC-8`, `Z`). Throws `INVALID_TIMEZONE`.
 */
export function zoneOffsetMicros(zone: string, epochMicros: bigint): bigint {
  const known = zoneNamed(zone);
  if (known.fixed !== null) return BigInt(known.fixed) * MICROS_PER_SECOND;
  return (
    BigInt(offsetAt(known, Number(floorDiv(epochMicros, MICROS_PER_SECOND)))) * MICROS_PER_SECOND
  );
}

/**
 * The instant of a local time, both in microseconds. Of two possible instants the one of `preferredOffsetMicros`, else
 * the earlier; a local time that was skipped moves on by the length of the gap.
 */
export function localToUtcMicros(
  zone: string,
  localMicros: bigint,
  preferredOffsetMicros?: bigint,
): bigint {
  if (preferredOffsetMicros !== undefined) {
    const preferred = localMicros - preferredOffsetMicros;
    if (zoneOffsetMicros(zone, preferred) === preferredOffsetMicros) return preferred;
  }
  const known = zoneNamed(zone);
  if (known.fixed !== null) return localMicros - BigInt(known.fixed) * MICROS_PER_SECOND;
  const local = Number(floorDiv(localMicros, MICROS_PER_SECOND));
  const before = offsetAt(known, local - DAY_SECONDS);
  const after = offsetAt(known, local + DAY_SECONDS);
  const isAfter =
    before !== after &&
    offsetAt(known, local - before) !== before &&
    offsetAt(known, local - after) === after;
  return localMicros - BigInt(isAfter ? after : before) * MICROS_PER_SECOND;
}

/** True if local time in `zone` is always UTC. Throws `INVALID_TIMEZONE`. */
export function isUtc(zone: string): boolean {
  return zoneNamed(zone).fixed === 0;
}

/** True if `zone` names a time zone. */
export function isTimeZone(zone: string): boolean {
  return findZone(zone) !== null;
}

/** The IANA name behind Java's short name; other names as they are. */
export function zoneIdOf(zone: string): string {
  return SHORT_IDS[zone] ?? zone;
}

function zoneNamed(name: string): Zone {
  const zone = findZone(name);
  if (zone !== null) return zone;
  throw new DataError({
    condition: "INVALID_TIMEZONE",
    message: `The timezone: ${name} is invalid. The timezone must be either a region-based zone ID or a zone offset. Region IDs must have the form 'area/city', such as 'America/Los_Angeles'. Zone offsets must be in the format '(+|-)HH', '(+|-)HH:mm' or '(+|-)HH:mm:ss', e.g '-08' , '+01:00' or '-13:33:33', and must be in the range from -18:00 to +18:00. 'Z' and 'UTC' are accepted as synonyms for '+00:00'.`,
    sqlState: "22009",
    details: { timeZone: name },
  });
}

function findZone(name: string): Zone | null {
  let zone = zones.get(name);
  if (zone === undefined) {
    zone = makeZone(zoneIdOf(name));
    zones.set(name, zone);
  }
  return zone;
}

function makeZone(name: string): Zone | null {
  const fixed = fixedOffsetSeconds(name);
  if (fixed !== null) return { fixed, format: null, years: new Map(), last: NO_SPAN };
  if (!/^[A-Z][A-Za-z0-9_+/-]+$/.test(name)) return null;
  try {
    const format = new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn-hc-h23", {
      timeZone: name,
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    return { fixed: null, format, years: new Map(), last: NO_SPAN };
  } catch {
    return null;
  }
}

function fixedOffsetSeconds(name: string): number | null {
  if (name === "Z" || name === "UTC" || name === "GMT" || name === "UT") return 0;
  const match = OFFSET.exec(name);
  if (match === null) return null;
  const part = (...at: number[]): number =>
    Number(at.map((i) => match[i]).find((text) => text !== undefined) ?? 0);
  const minutes = part(5, 8, 10);
  const seconds = part(6, 11);
  const total = part(2, 3, 4, 7, 9) * 3600 + minutes * 60 + seconds;
  if (minutes > 59 || seconds > 59 || total > MAX_FIXED_SECONDS) return null;
  return match[1] === "-" ? -total : total;
}

function offsetAt(zone: Zone, epochSecond: number): number {
  const second = withinRules(epochSecond);
  if (second >= zone.last.from && second < zone.last.until) return zone.last.offset;
  const year = new Date(second * 1000).getUTCFullYear();
  let spans = zone.years.get(year);
  if (spans === undefined) {
    spans = spansOfYear(zone, year);
    zone.years.set(year, spans);
  }
  const span = spans.find((s) => second < s.until) ?? NO_SPAN;
  zone.last = span;
  return span.offset;
}

function withinRules(epochSecond: number): number {
  if (epochSecond < FIRST_SECOND) return FIRST_SECOND;
  if (epochSecond < LAST_SECOND) return epochSecond;
  return epochSecond - Math.ceil((epochSecond - LAST_SECOND + 1) / CYCLE_SECONDS) * CYCLE_SECONDS;
}

/** Probes every ten days, which no two transitions of a zone are closer than, and bisects where the offset changes. */
function spansOfYear(zone: Zone, year: number): readonly Span[] {
  const end = Date.UTC(year + 1, 0, 1) / 1000;
  const spans: Span[] = [];
  let from = Date.UTC(year, 0, 1) / 1000;
  let at = from;
  let offset = probe(zone, at);
  while (at < end) {
    const next = Math.min(at + 10 * DAY_SECONDS, end);
    const nextOffset = probe(zone, next);
    if (nextOffset !== offset) {
      const change = changeBetween(zone, at, next, offset);
      spans.push({ from, until: change, offset });
      from = change;
      offset = nextOffset;
    }
    at = next;
  }
  spans.push({ from, until: end, offset });
  return spans.filter((s) => s.from < s.until);
}

function changeBetween(zone: Zone, from: number, until: number, offset: number): number {
  let low = from;
  let high = until;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (probe(zone, middle) === offset) low = middle;
    else high = middle;
  }
  return high;
}

function probe(zone: Zone, epochSecond: number): number {
  const fields: { [type: string]: number } = {};
  for (const { type, value } of zone.format?.formatToParts(epochSecond * 1000) ?? [])
    fields[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = fields;
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - epochSecond;
}
