import { isTimeZone, zoneIdOf } from "../../columnar/datetime/time-zone.ts";

/** A zone in a text and the index behind it. */
export interface ReadZone {
  readonly zone: string;
  readonly end: number;
}

const OFFSET = /[+-]\d\d:\d\d(?::\d\d)?/y;
const PREFIX = /utc|ut|gmt0|gmt/iy;
const ID = /[a-z][a-z0-9_/+-]*/iy;
const NAME = /[\p{L}&.’' -]+/uy;
const MAX_ID_LENGTH = 40;

/**
 * The zone that stands at an index of a text, letters in any case: an offset, an offset behind `UTC`, `UT` or `GMT`, the
 * longest zone ID or name of `names` (lower case), or `Z`. Null where there is none.
 */
export function readZone(
  text: string,
  at: number,
  names: ReadonlyMap<string, string>,
): ReadZone | null {
  if (/[+-]/.test(text.charAt(at))) return readOffset(text, at);
  const prefix = matchAt(PREFIX, text, at).toUpperCase();
  if (prefix !== "") return readBehindPrefix(text, at + prefix.length, prefix);
  const id = readId(text, at);
  const name = readName(text, at, names);
  const longest = (name?.end ?? 0) >= (id?.end ?? 0) ? name : id;
  if (longest !== null) return longest;
  return /z/i.test(text.charAt(at)) ? { zone: "UTC", end: at + 1 } : null;
}

function matchAt(shape: RegExp, text: string, at: number): string {
  shape.lastIndex = at;
  return shape.exec(text)?.[0] ?? "";
}

function readOffset(text: string, at: number): ReadZone | null {
  const zone = matchAt(OFFSET, text, at);
  return zone !== "" && isTimeZone(zone) ? { zone, end: at + zone.length } : null;
}

function readBehindPrefix(text: string, at: number, prefix: string): ReadZone | null {
  if (prefix === "GMT0" || matchAt(OFFSET, text, at) === "") return { zone: "UTC", end: at };
  return readOffset(text, at);
}

function readId(text: string, at: number): ReadZone | null {
  const run = matchAt(ID, text, at).slice(0, MAX_ID_LENGTH);
  for (let length = run.length; length > 1; length--) {
    const id = run.charAt(0).toUpperCase() + run.slice(1, length);
    if (isZoneId(id)) return { zone: id, end: at + length };
  }
  return null;
}

/** True if the time zone database has the zone: not Java's own short names. */
function isZoneId(id: string): boolean {
  return zoneIdOf(id) === id && isTimeZone(id);
}

function readName(text: string, at: number, names: ReadonlyMap<string, string>): ReadZone | null {
  if (names.size === 0) return null;
  const run = matchAt(NAME, text, at).slice(0, MAX_ID_LENGTH).toLowerCase();
  for (let length = run.length; length > 1; length--) {
    const zone = names.get(run.slice(0, length));
    if (zone !== undefined) return { zone, end: at + length };
  }
  return null;
}
