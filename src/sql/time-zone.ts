const FIXED = /^(?:UTC|GMT|UT)?([+-])(\d{1,2})(?::?(\d{2})(?::?(\d{2}))?)?$/i;
/** The abbreviations that Java, and so Spark, takes for zones. */
const ABBREVIATIONS: { readonly [name: string]: string } = {
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
const UTC_NAMES = new Set(["Z", "UTC", "GMT", "UT"]);
const MAX_OFFSET_SECONDS = 18 * 3600;
/** Beyond this a JavaScript date ends; zones have no rules there anyway. */
const MAX_DATE_MS = 8_640_000_000_000_000;

/** Whether a time zone of this name exists: `Z`, `+01:00`, `UTC+1`, `America/Los_Angeles`. */
export function isZone(zone: string): boolean {
  return fixedOffset(zone) !== null || formatOf(zone) !== null;
}

/** The instant (microseconds since 1970 UTC) at which a zone's clocks show `local`; the earlier one of two, and after a gap. */
export function instantOf(local: bigint, zone: string): bigint {
  const before = offsetMicros(local - 86_400_000_000n, zone);
  const after = offsetMicros(local + 86_400_000_000n, zone);
  if (before === after) return local - before;
  const early = local - before;
  if (offsetMicros(early, zone) === before) return early;
  const late = local - after;
  return offsetMicros(late, zone) === after ? late : early;
}

/** What a zone's clocks show (microseconds since 1970-01-01 00:00 on them) at an instant. */
export function localMicrosAt(instant: bigint, zone: string): bigint {
  return instant + offsetMicros(instant, zone);
}

function offsetMicros(instant: bigint, zone: string): bigint {
  const fixed = fixedOffset(zone);
  if (fixed !== null) return BigInt(fixed) * 1_000_000n;
  const format = formatOf(zone);
  if (format === null) return 0n;
  const ms = Number(instant / 1000n);
  const bounded = Math.max(-MAX_DATE_MS, Math.min(MAX_DATE_MS, ms));
  const name = format.formatToParts(bounded).find((part) => part.type === "timeZoneName");
  return BigInt(fixedOffset(name?.value ?? "") ?? 0) * 1_000_000n;
}

function fixedOffset(zone: string): number | null {
  if (UTC_NAMES.has(zone.toUpperCase())) return 0;
  const match = FIXED.exec(ABBREVIATIONS[zone] ?? zone);
  if (match === null) return null;
  const [, sign, hours, minutes = "0", seconds = "0"] = match;
  const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  const valid = total <= MAX_OFFSET_SECONDS && Number(minutes) < 60 && Number(seconds) < 60;
  return valid ? (sign === "-" ? -total : total) : null;
}

const formats = new Map<string, Intl.DateTimeFormat | null>();
const MAX_FORMATS = 1000;

function formatOf(zone: string): Intl.DateTimeFormat | null {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  if (formats.size >= MAX_FORMATS) formats.clear();
  const format = makeFormat(zone);
  formats.set(zone, format);
  return format;
}

function makeFormat(zone: string): Intl.DateTimeFormat | null {
  if (!/^[A-Za-z]/.test(zone)) return null;
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone: ABBREVIATIONS[zone] ?? zone,
      timeZoneName: "longOffset",
    });
  } catch {
    return null;
  }
}
