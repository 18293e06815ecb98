import type { DataType } from "../../columnar/data-type.ts";
import {
  FIRST_GREGORIAN_DAY,
  FIRST_MODERN_MICROS,
} from "../../columnar/datetime/hybrid-calendar.ts";
import type {
  ChunkFacts,
  ColumnFacts,
  FileFacts,
  LeafCalendar,
  MarkedCalendar,
} from "../../columnar/file-facts.ts";
import type { RebaseMode, RebaseModes } from "./rebase-modes.ts";

const DATETIME_SETTING = "spark.sql.parquet.datetimeRebaseModeInRead";
const INT96_SETTING = "spark.sql.parquet.int96RebaseModeInRead";
/** The zone of a file that names none; Spark takes its machine's own. */
const UNNAMED_ZONE = "UTC";

/**
 * The file with the calendar of each of its leaves decided, by its own marks, else by the modes. Bounds that the rebase
 * would move are left out.
 */
export function resolveCalendars(file: FileFacts, modes: RebaseModes): FileFacts {
  const timeZone = file.calendars?.timeZone ?? UNNAMED_ZONE;
  const decide = (mark: MarkedCalendar | undefined, mode: RebaseMode, setting: string) =>
    calendarOf(mark, mode, setting, timeZone);
  const datetime = decide(file.calendars?.datetime, modes.datetime, DATETIME_SETTING);
  const int96 = decide(file.calendars?.int96, modes.int96, INT96_SETTING);
  if (datetime === null && int96 === null) return file;
  const columnsOf = (columns: { readonly [name: string]: ColumnFacts }) =>
    Object.fromEntries(
      file.fields.flatMap(({ name, type }) => {
        const facts = columns[name];
        return facts === undefined ? [] : [[name, inCalendar(facts, type, datetime, int96)]];
      }),
    );
  return {
    ...file,
    rowGroups: file.rowGroups.map((group) => ({ ...group, columns: columnsOf(group.columns) })),
  };
}

function calendarOf(
  mark: MarkedCalendar | undefined,
  mode: RebaseMode,
  setting: string,
  timeZone: string,
): LeafCalendar | null {
  if (mark === "hybrid" || (mark === undefined && mode === "LEGACY"))
    return { kind: "hybrid", timeZone };
  return mark === undefined && mode === "EXCEPTION" ? { kind: "ambiguous", setting } : null;
}

function inCalendar(
  facts: ColumnFacts,
  type: DataType,
  datetime: LeafCalendar | null,
  int96: LeafCalendar | null,
): ColumnFacts {
  const leaves = leafTypes(type);
  const chunks = facts.chunks.map((chunk, i): ChunkFacts => {
    const leaf = leaves[i];
    const calendar = chunk.physical === "INT96" ? int96 : datetime;
    const counts = leaf?.kind === "date" || leaf?.kind === "timestamp";
    return counts && calendar !== null ? { ...chunk, calendar } : chunk;
  });
  if (chunks.every((chunk, i) => chunk === facts.chunks[i])) return facts;
  const moves = chunks[0]?.calendar?.kind === "hybrid" && !isModern(type, facts);
  return moves ? { ...facts, chunks, min: null, max: null } : { ...facts, chunks };
}

/** True if all values are, by their least, the same in both calendars. */
function isModern(type: DataType, { min }: ColumnFacts): boolean {
  if (min === null) return false;
  return type.kind === "date"
    ? Number(min) >= FIRST_GREGORIAN_DAY
    : BigInt(String(min)) >= FIRST_MODERN_MICROS;
}

function leafTypes(type: DataType): DataType[] {
  switch (type.kind) {
    case "array":
      return leafTypes(type.element);
    case "map":
      return [...leafTypes(type.key), ...leafTypes(type.value)];
    case "struct":
      return type.fields.flatMap((field) => leafTypes(field.type));
    default:
      return [type];
  }
}
