import { type Field, field } from "../../columnar/data-type.ts";
import type { FileFacts, NotedField } from "../../columnar/file-facts.ts";
import { partitionLiteral } from "../../columnar/partition-value.ts";
import { AnalysisError } from "../../common/errors.ts";
import { mapLimited } from "../../common/map-limited.ts";
import type { ObjectStore } from "../../storage/object-store.ts";
import { type CharMode, inCharMode } from "../parquet/char-mode.ts";
import { readFooter } from "../parquet/footer.ts";
import type { RebaseModes } from "../parquet/rebase-modes.ts";
import { resolveCalendars } from "../parquet/resolve-calendars.ts";
import type { DataFile } from "./data-file.ts";
import { type DiscoveredFiles, type DiscoverOptions, discoverFiles } from "./discover-files.ts";
import { fileAsTable } from "./file-as-table.ts";
import type { FooterCache } from "./footer-cache.ts";
import { inferPartitionType } from "./infer-partition-type.ts";
import { type PartitionColumn, unescapePath } from "./partition-folders.ts";
import { mergeSchemas, schemaOf } from "./table-schema.ts";

const FOOTERS_AT_ONCE = 16;
const AS_THEY_ARE: RebaseModes = { datetime: "CORRECTED", int96: "CORRECTED" };

/** How files are taken as a table. */
export interface OpenTableOptions extends DiscoverOptions {
  /** The user's own schema: columns that a file lacks are null, others are not read. */
  readonly schema?: readonly Field[];
  /** All files' columns instead of those of the first file. */
  readonly mergeSchema?: boolean;
  readonly footers?: FooterCache;
  /** `spark.sql.sources.partitionColumnTypeInference.enabled`; without it partition columns are strings. */
  readonly infersPartitionTypes?: boolean;
  readonly timeZone?: string;
  /** How dates and instants are read from files that do not mark their calendar; as they are by default. */
  readonly rebase?: RebaseModes;
  /** `padded` by default. */
  readonly charMode?: CharMode;
}

/** What is known of a table before any of its rows is read. */
export interface OpenedTable {
  /** The last name in the first path. */
  readonly name: string;
  /** Data columns, then partition columns. A data column of a partition column's name gives way to it. */
  readonly fields: readonly Field[];
  readonly partitionColumns: readonly string[];
  readonly files: readonly FileFacts[];
  /** The lengths of CHAR columns, by name, as the first file's writer declared them. */
  readonly charLengths: ReadonlyMap<string, number>;
}

/**
 * Finds the files behind paths and reads every footer once; nothing else is read. Files of 0 bytes are passed over.
 * Unless the user says otherwise, the columns are those of the file whose path comes first; the others are read as if
 * they had them, and where one cannot, the query that reads the column fails.
 */
export async function openTable(
  store: ObjectStore,
  paths: readonly string[],
  options: OpenTableOptions = {},
): Promise<OpenedTable> {
  const found = await discoverFiles(store, paths, options);
  const partitions = partitionFields(found.partitionColumns, options);
  const read = footerReader(store, options.footers);
  const notEmpty = found.files.filter(isNotEmpty).map((file) => spelled(file, partitions));
  const files = await mapLimited(notEmpty, FOOTERS_AT_ONCE, read);
  const data = options.schema ?? (await inferredSchema(found, files, read, paths, options));
  const { rebase = AS_THEY_ARE, charMode = "padded" } = options;
  const own = data.filter((f) => !partitions.some((p) => sameName(p.name, f.name)));
  return {
    name: nameOf(paths[0] ?? ""),
    fields: withPartitions(data, partitions),
    partitionColumns: partitions.map(({ name }) => name),
    files: files.map((file) =>
      fileAsTable(resolveCalendars(inCharMode(file, charMode), rebase), own),
    ),
    charLengths: charMode === "text" ? new Map() : charLengthsOf(files[0]?.noted ?? []),
  };
}

function charLengthsOf(noted: readonly NotedField[]): Map<string, number> {
  return new Map(
    noted.flatMap(({ name, charType }): [string, number][] => {
      const length = /^char\(\s*(\d+)\s*\)$/i.exec(charType ?? "")?.[1];
      return length === undefined ? [] : [[name.toLowerCase(), Number(length)]];
    }),
  );
}

type ReadFooter = (file: DataFile) => Promise<FileFacts>;

function footerReader(store: ObjectStore, cache: FooterCache | undefined): ReadFooter {
  const read: ReadFooter = (file) => readFooter(store, file);
  return cache === undefined ? read : (file) => cache.factsOf(file, read);
}

/** Spark's choice: paths are compared by UTF-16 units, and files that lend only their schema count. */
async function inferredSchema(
  found: DiscoveredFiles,
  files: readonly FileFacts[],
  read: ReadFooter,
  paths: readonly string[],
  options: OpenTableOptions,
): Promise<Field[]> {
  const beside = found.beside.filter(isNotEmpty);
  if (options.mergeSchema === true) {
    const all = [...files, ...(await mapLimited(beside, FOOTERS_AT_ONCE, read))];
    if (all.length > 0) return mergeSchemas(all.sort((a, b) => byText(a.path, b.path)));
  }
  const [first] = files.toSorted((a, b) => byText(a.path, b.path));
  const [other] = beside.sort((a, b) => byText(a.key, b.key));
  if (other !== undefined && (first === undefined || byText(other.key, first.path) < 0))
    return schemaOf(await read(other));
  if (first !== undefined) return schemaOf(first);
  const [empty] = [...found.files, ...found.beside];
  if (empty === undefined) throw noFiles(paths);
  return schemaOf(await read(empty));
}

/** The file with its partition values under the names of the table's columns, which are in the same order. */
function spelled(file: DataFile, partitions: readonly Field[]): DataFile {
  const pairs = Object.values(file.partitionValues).map(
    (value, i) => [partitions[i]?.name ?? "", value] as const,
  );
  return { ...file, partitionValues: Object.fromEntries(pairs) };
}

const isNotEmpty = ({ sizeBytes }: DataFile): boolean => sizeBytes > 0;

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

function partitionFields(columns: readonly PartitionColumn[], options: OpenTableOptions): Field[] {
  return columns.map(({ name, texts }) => {
    const wanted = options.schema?.find((f) => sameName(f.name, name));
    const infers = options.infersPartitionTypes ?? true;
    const type = wanted?.type ?? inferPartitionType(infers ? texts : [...texts].map(asString));
    for (const text of texts)
      partitionLiteral(text && unescapePath(text), type, options.timeZone ?? "UTC");
    return field(wanted?.name ?? name, type);
  });
}

/** A text whose type is inferred as string, or null. */
const asString = (text: string | null): string | null => (text === null ? null : "text");

function withPartitions(data: readonly Field[], partitions: readonly Field[]): Field[] {
  const overlapping = data.map((f) => partitions.find((p) => sameName(p.name, f.name)) ?? f);
  return [...overlapping, ...partitions.filter((p) => !overlapping.includes(p))];
}

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const nameOf = (path: string): string => path.replace(/\/+$/, "").split("/").at(-1) ?? path;

const noFiles = (paths: readonly string[]): AnalysisError =>
  new AnalysisError({
    condition: "UNABLE_TO_INFER_SCHEMA",
    message: `Unable to infer schema for Parquet. It must be specified manually. There is no data file in ${paths.join(", ")}.`,
    sqlState: "42KD9",
    details: { paths },
  });
