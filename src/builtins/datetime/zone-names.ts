import { zoneIdOf } from "../../columnar/datetime/time-zone.ts";
import { READ_FULL, READ_SHORT, ZONE_NAMES } from "./zone-name-table.ts";

/** The English names of a zone's time, short and full. */
export interface ZoneNames {
  readonly standard: readonly [short: string, full: string];
  readonly summer: readonly [short: string, full: string];
}

const byZone = new Map<string, ZoneNames | null>();
const shortNames = new Map<string, string>();
const fullNames = new Map<string, string>();
for (const [standard, standardFull, summer, summerFull, zones] of ZONE_NAMES) {
  const names = { standard: [standard, standardFull], summer: [summer, summerFull] } as const;
  const [first = ""] = zones.split(" ");
  for (const zone of zones.split(" ")) byZone.set(zone, names);
  for (const short of [standard, summer]) keepFirst(shortNames, short, READ_SHORT[short] ?? first);
  for (const full of [standardFull, summerFull])
    keepFirst(fullNames, full, READ_FULL[full] ?? first);
}

function keepFirst(names: Map<string, string>, name: string, zone: string): void {
  const key = name.toLowerCase();
  if (!names.has(key)) names.set(key, zone);
}

/** The names of a zone's time; null for a zone that has none, as `Etc/GMT+5`. */
export function namesOfZone(zone: string): ZoneNames | null {
  const id = zoneIdOf(zone);
  const known = byZone.get(id);
  if (known !== undefined) return known;
  const names = byZone.get(canonicalId(id)) ?? null;
  byZone.set(id, names);
  return names;
}

function canonicalId(zone: string): string {
  return new Intl.DateTimeFormat("en-US", { timeZone: zone }).resolvedOptions().timeZone;
}

/** Zones by the names of their time in lower case, as Java reads them. */
export function zonesByName(isFull: boolean): ReadonlyMap<string, string> {
  return isFull ? fullNames : shortNames;
}
