import { zoneIdOf, zoneOffsetMicros } from "../../columnar/datetime/time-zone.ts";
import { namesOfZone } from "./zone-names.ts";

/** No season of its own time is shorter, not even Ramadan in Morocco. */
const STEP_MICROS = 26n * 86_400_000_000n;
const STEPS = Array.from({ length: 14 }, (_, i) => BigInt(i + 1) * STEP_MICROS);

/** The English name of a zone's time at an instant, as Java prints it: `PST`, `Pacific Standard Time`. */
export function zoneName(zone: string, epochMicros: bigint, isFull: boolean): string {
  const id = zoneIdOf(zone);
  if (/^[+-]/.test(id)) return id;
  if (id === "Z" && !isFull) return id;
  if (/^(?:UTC|GMT|UT)[+-]/.test(id)) return id;
  const names = namesOfZone(id === "Z" ? "UTC" : id);
  if (names === null) return offsetName(zoneOffsetMicros(id, epochMicros));
  const hasOneName = names.standard[0] === names.summer[0] && names.standard[1] === names.summer[1];
  const name = !hasOneName && isSummer(id, epochMicros) ? names.summer : names.standard;
  return name[isFull ? 1 : 0];
}

function offsetName(offsetMicros: bigint): string {
  const minutes = Math.abs(Number(offsetMicros / 60_000_000n));
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60].map((part) =>
    String(part).padStart(2, "0"),
  );
  return `GMT${offsetMicros < 0n ? "-" : "+"}${hour}:${minute}`;
}

/** Summer time is ahead of some time within the year before and of some within the year after. */
function isSummer(zone: string, epochMicros: bigint): boolean {
  const offset = zoneOffsetMicros(zone, epochMicros);
  const isAheadOf = (direction: bigint): boolean =>
    STEPS.some((step) => offset > zoneOffsetMicros(zone, epochMicros + direction * step));
  return isAheadOf(-1n) && isAheadOf(1n);
}
