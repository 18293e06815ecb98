import type { FileCalendars, MarkedCalendar } from "../../columnar/file-facts.ts";

const VERSION = "org.apache.spark.version";
const LEGACY_DATETIME = "org.apache.spark.legacyDateTime";
const LEGACY_INT96 = "org.apache.spark.legacyINT96";
const TIME_ZONE = "org.apache.spark.timeZone";

/**
 * The calendars of a file that Spark wrote, by its notes in the footer; null where Spark did not write it. Versions
 * compare as text, as Spark compares them.
 */
export function fileCalendars(notes: ReadonlyMap<string, string>): FileCalendars | null {
  const version = notes.get(VERSION);
  if (version === undefined) return null;
  const marked = (modernSince: string, legacy: string): MarkedCalendar =>
    version < modernSince || notes.has(legacy) ? "hybrid" : "gregorian";
  return {
    datetime: marked("3.0.0", LEGACY_DATETIME),
    int96: marked("3.1.0", LEGACY_INT96),
    timeZone: notes.get(TIME_ZONE) ?? null,
  };
}
