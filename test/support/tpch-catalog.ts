import type { Catalog } from "../../src/analyzer/catalog.ts";
import type { ColumnFacts, FileFacts, RowGroupFacts } from "../../src/columnar/file-facts.ts";
import type { LiteralJson } from "../../src/columnar/literal-json.ts";
import { openTable } from "../../src/formats/table/open-table.ts";
import type { Relation } from "../../src/plan/logical-plan.ts";
import { LocalObjectStore } from "../../src/storage/local-object-store.ts";
import { attribute } from "./plans.ts";

/** Row groups of 7 MiB, as the files of scale factor 1 have them. */
const ROW_GROUPS_OF_SF1: { readonly [table: string]: number } = {
  customer: 4,
  lineitem: 53,
  nation: 1,
  orders: 15,
  part: 2,
  partsupp: 8,
  region: 1,
  supplier: 1,
};
const FIXED = new Set(["nation", "region"]);
const FOLDER = new URL("../data/tpch/sf0.01/", import.meta.url).pathname;

/** The TPC-H tables with facts as footers of scale factor 1 would have them, from the footers of 0.01. */
export async function tpchCatalog(): Promise<Catalog> {
  const relations = new Map<string, Relation>();
  let id = 1;
  for (const [name, groups] of Object.entries(ROW_GROUPS_OF_SF1)) {
    const table = await openTable(new LocalObjectStore(FOLDER), [`${name}.parquet`]);
    const factor = FIXED.has(name) ? 1 : 100;
    relations.set(name, {
      kind: "relation",
      name,
      format: "parquet",
      output: table.fields.map((f) => attribute(id++, f.name, f.type, f.nullable)),
      files: table.files.map((file) => scaled(file, name, factor, groups)),
      partitionColumns: [],
      filters: [],
    });
  }
  return {
    lookup: (parts) => relations.get((parts.at(-1) ?? "").toLowerCase()) ?? null,
    lookupFiles: () => {
      throw new TypeError("These tests read no files by path");
    },
    tableNames: () => [...relations.keys()],
  };
}

/** The file's own row groups, one after the other again and again, so much larger that all rows come to `factor` times. */
function scaled(file: FileFacts, table: string, factor: number, groups: number): FileFacts {
  const own = file.rowGroups;
  const times = Math.ceil(groups / own.length);
  const rowGroups = Array.from({ length: times }, () => own)
    .flat()
    .map((group, index) => ({ ...scaledGroup(group, factor, factor / times), index }));
  return {
    ...file,
    path: `${table}.parquet`,
    sizeBytes: file.sizeBytes * factor,
    rows: file.rows * factor,
    rowGroups,
  };
}

function scaledGroup(group: RowGroupFacts, factor: number, size: number): RowGroupFacts {
  const columns = Object.entries(group.columns).map(([name, facts]): [string, ColumnFacts] => {
    const grows = name.endsWith("key") && !/nationkey|regionkey/.test(name);
    return [
      name,
      {
        ...facts,
        max: grows ? times(facts.max, factor) : facts.max,
        chunks: facts.chunks.map((chunk) => ({
          ...chunk,
          sizeBytes: Math.round(chunk.sizeBytes * size),
          uncompressedBytes: Math.round(chunk.uncompressedBytes * size),
          values: Math.round(chunk.values * size),
        })),
      },
    ];
  });
  return {
    ...group,
    rows: Math.round(group.rows * size),
    columns: Object.fromEntries(columns),
  };
}

const times = (value: LiteralJson, factor: number): LiteralJson =>
  value === null ? null : String(BigInt(String(value)) * BigInt(factor));
