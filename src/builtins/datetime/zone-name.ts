import { zoneIdOf, zoneOffsetMicros } from "../../columnar/datetime/time-zone.ts";
import { DataError } from "../../common/errors.ts";

/** Names of winter and summer time that `Intl` does not know in English. */
const SHORT_NAMES: readonly (readonly [zones: RegExp, standard: string, summer: string])[] = [
  [
    /^(CET|MET|Europe\/(Paris|Berlin|Madrid|Rome|Brussels|Amsterdam|Vienna|Zurich|Stockholm|Oslo|Copenhagen|Prague|Warsaw|Budapest|Belgrade|Luxembourg|Zagreb))$/,
    "CET",
    "CEST",
  ],
  [
    /^(EET|Europe\/(Athens|Helsinki|Kiev|Kyiv|Bucharest|Sofia|Riga|Tallinn|Vilnius))$/,
    "EET",
    "EEST",
  ],
  [/^Europe\/London$/, "GMT", "BST"],
  [/^Europe\/Dublin$/, "GMT", "IST"],
  [/^(WET|Europe\/Lisbon)$/, "WET", "WEST"],
  [/^Europe\/Moscow$/, "MSK", "MSD"],
  [/^Asia\/Tokyo$/, "JST", "JDT"],
  [/^Asia\/Seoul$/, "KST", "KDT"],
  [/^Asia\/Shanghai$/, "CST", "CDT"],
  [/^Asia\/Hong_Kong$/, "HKT", "HKST"],
  [/^Asia\/(Kolkata|Calcutta)$/, "IST", "IST"],
  [/^Australia\/(Sydney|Melbourne|Hobart)$/, "AEST", "AEDT"],
  [/^Australia\/Brisbane$/, "AEST", "AEST"],
  [/^Australia\/Perth$/, "AWST", "AWDT"],
  [/^Pacific\/Auckland$/, "NZST", "NZDT"],
];
const HALF_YEAR_MICROS = 182n * 86_400_000_000n;

/** The English name of a zone's time at an instant, as Java prints it: `PST`, `Pacific Standard Time`. */
export function zoneName(zone: string, epochMicros: bigint, isFull: boolean): string {
  const id = zoneIdOf(zone);
  if (/^[+-]/.test(id)) return id;
  if (id === "Z" || id === "UTC") return isFull ? "Coordinated Universal Time" : id;
  const known = isFull ? undefined : SHORT_NAMES.find(([zones]) => zones.test(id));
  if (known) return isSummer(id, epochMicros) ? known[2] : known[1];
  const name = intlName(id, epochMicros, isFull) ?? intlName(id, standardTime(id), isFull);
  if (name !== null) return name;
  throw new DataError({
    condition: "UNSUPPORTED_FEATURE.TIME_ZONE_NAME",
    message: `No English name is known for the time zone ${zone}; use the pattern letters VV or xxx instead of z.`,
    sqlState: "0A000",
    details: { timeZone: zone },
  });
}

function intlName(zone: string, epochMicros: bigint, isFull: boolean): string | null {
  const name = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    timeZoneName: isFull ? "long" : "short",
  })
    .formatToParts(Number(epochMicros / 1000n))
    .find((part) => part.type === "timeZoneName")?.value;
  return name === undefined || /^GMT[+-]/.test(name) ? null : name;
}

/** A moment of our time without summer time in the zone: its name is that of all local mean time. */
function standardTime(zone: string): bigint {
  const january = 1_577_836_800_000_000n;
  return isSummer(zone, january) ? january + HALF_YEAR_MICROS : january;
}

/** Summer time is ahead of the time half a year before or behind it. */
function isSummer(zone: string, epochMicros: bigint): boolean {
  const offset = zoneOffsetMicros(zone, epochMicros);
  return (
    offset > zoneOffsetMicros(zone, epochMicros - HALF_YEAR_MICROS) ||
    offset > zoneOffsetMicros(zone, epochMicros + HALF_YEAR_MICROS)
  );
}
