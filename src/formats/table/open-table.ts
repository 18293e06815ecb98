import { type Field, field, simpleString } from "../../columnar/data-type.ts";
import type { FileFacts } from "../../columnar/file-facts.ts";
import { partitionLiteral } from "../../columnar/partition-value.ts";
import { DataError } from "../../common/errors.ts";
import type { ObjectStore } from "../../storage/object-store.ts";
import { readFooter } from "../parquet/footer.ts";
import type { DataFile } from "./data-file.ts";
import { discoverFiles } from "./discover-files.ts";
import type { FooterCache } from "./footer-cache.ts";
import { inferPartitionType } from "./infer-partition-type.ts";
import { mergeSchemas, widerType } from "./merge-schemas.ts";
import { spellColumns } from "./spell-columns.ts";

const FOOTERS_AT_ONCE = 16;

/** How files are taken as a table. */
export interface OpenTableOptions {
  /** The user's own schema: columns that a file lacks are null, others are not read. */
  readonly schema?: readonly Field[];
  readonly footers?: FooterCache;
  /** `spark.sql.sources.partitionColumnTypeInference.enabled`; without it partition columns are strings. */
  readonly infersPartitionTypes?: boolean;
  readonly timeZone?: string;
}

/** What is known of a table before any of its rows is read. */
export interface OpenedTable {
  /** The last name in the first path. */
  readonly name: string;
  /** Data columns, then partition columns. A data column of a partition column's name gives way to it. */
  readonly fields: readonly Field[];
  readonly partitionColumns: readonly string[];
  readonly files: readonly FileFacts[];
}

/** Finds the files behind paths and reads every footer once; nothing else is read. */
export async function openTable(
  store: ObjectStore,
  paths: readonly string[],
  options: OpenTableOptions = {},
): Promise<OpenedTable> {
  const found = await discoverFiles(store, paths);
  const partitions = partitionFields(found, options);
  const files = await readFooters(store, found, options.footers);
  const data = options.schema === undefined ? mergeSchemas(files) : options.schema;
  if (options.schema !== undefined) checkFiles(files, options.schema, partitions);
  return {
    name: nameOf(paths[0] ?? ""),
    fields: withPartitions(data, partitions),
    partitionColumns: partitions.map(({ name }) => name),
    files: files.map((file) => spellColumns(file, data)),
  };
}

async function readFooters(
  store: ObjectStore,
  files: readonly DataFile[],
  cache: FooterCache | undefined,
): Promise<FileFacts[]> {
  const facts: FileFacts[] = [];
  const read = (file: DataFile) => readFooter(store, file);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let i = next++; i < files.length; i = next++) {
      const file = files[i];
      if (file === undefined) return;
      facts[i] = await (cache === undefined ? read(file) : cache.factsOf(file, read));
    }
  };
  await Promise.all(Array.from({ length: FOOTERS_AT_ONCE }, worker));
  return facts;
}

function partitionFields(files: readonly DataFile[], options: OpenTableOptions): Field[] {
  const names = Object.keys(files[0]?.partitionValues ?? {});
  return names.map((name) => {
    const texts = new Set(files.map((file) => file.partitionValues[name] ?? null));
    const wanted = options.schema?.find((f) => sameName(f.name, name));
    const infers = options.infersPartitionTypes ?? true;
    const type = wanted?.type ?? inferPartitionType(infers ? texts : [...texts].map(asString));
    for (const text of texts) partitionLiteral(text, type, options.timeZone ?? "UTC");
    return field(name, type);
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

function checkFiles(
  files: readonly FileFacts[],
  schema: readonly Field[],
  partitions: readonly Field[],
): void {
  const wanted = schema.filter((f) => !partitions.some((p) => sameName(p.name, f.name)));
  for (const file of files)
    for (const { name, type } of wanted) {
      const inFile = file.fields.find((f) => sameName(f.name, name));
      if (inFile === undefined || widerType(type, inFile.type) === type) continue;
      throw mismatch(file, inFile, simpleString(type));
    }
}

function mismatch(file: FileFacts, column: Field, expected: string): DataError {
  const physical = file.rowGroups[0]?.columns[column.name]?.chunks[0]?.physical;
  const actual = physical ?? simpleString(column.type);
  return new DataError({
    condition: "FAILED_READ_FILE.PARQUET_COLUMN_DATA_TYPE_MISMATCH",
    message: `Encountered error while reading file ${file.path}. Data type mismatches when reading Parquet column [${column.name}]. Expected Spark type ${expected}, actual Parquet type ${actual}.`,
    sqlState: "KD001",
    details: { path: file.path, column: column.name, expectedType: expected, actualType: actual },
  });
}
