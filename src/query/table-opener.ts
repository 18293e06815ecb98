import { withPosition } from "../analyzer/analysis-error.ts";
import type { Catalog } from "../analyzer/catalog.ts";
import { collectReferences } from "../analyzer/collect-references.ts";
import { AnalysisError } from "../common/errors.ts";
import { FooterCache } from "../formats/table/footer-cache.ts";
import { type OpenedTable, openTable } from "../formats/table/open-table.ts";
import type { LogicalPlan, Relation, UnresolvedFiles } from "../plan/logical-plan.ts";
import { attributesOf } from "../plan/values-plan.ts";
import type { ObjectStore } from "../storage/object-store.ts";
import { absolutePath } from "./absolute-path.ts";
import { charMode } from "./char-mode.ts";
import { fileOptions } from "./file-options.ts";
import { rebaseModes } from "./rebase-modes.ts";
import type { SessionConf } from "./session-conf.ts";
import type { ViewRegistry } from "./view-registry.ts";

/** Opens the files that plans name, and keeps their footers for the next query. */
export class TableOpener {
  private readonly store: ObjectStore;
  private readonly footers = new FooterCache();

  constructor(store: ObjectStore) {
    this.store = store;
  }

  /** The catalog of one query: its files opened, its views as they are now. */
  async catalogFor(plan: LogicalPlan, views: ViewRegistry, conf: SessionConf): Promise<Catalog> {
    const opened = new Map<string, OpenedTable>();
    const open = async (files: UnresolvedFiles): Promise<void> => {
      const key = keyOf(files);
      try {
        if (!opened.has(key)) opened.set(key, await this.open(files, conf));
      } catch (error) {
        throw withPosition(error, files.position);
      }
    };
    const visited = new Set<LogicalPlan>();
    const visit = async (node: LogicalPlan): Promise<void> => {
      if (visited.has(node)) return;
      visited.add(node);
      const { tables, files } = collectReferences(node);
      for (const named of files) await open(named);
      for (const table of tables) {
        const view = lookup(views, table.nameParts);
        if (view !== null) await visit(view);
      }
    };
    await visit(plan);
    return {
      lookup: (nameParts) => lookup(views, nameParts),
      lookupFiles: (files) => {
        const table = opened.get(keyOf(files));
        if (table === undefined) throw notOpened(files);
        return relationOf(table);
      },
      tableNames: () => views.names,
    };
  }

  private async open(files: UnresolvedFiles, conf: SessionConf): Promise<OpenedTable> {
    if (files.format.toLowerCase() !== "parquet") throw unsupportedFormat(files.format);
    if (files.paths.some((path) => path.trim() === "")) throw emptyPath();
    return openTable(this.store, files.paths.map(absolutePath), {
      ...fileOptions(files.options, conf),
      ...(files.schema === null ? {} : { schema: files.schema }),
      footers: this.footers,
      rebase: rebaseModes(files.options, conf),
      charMode: charMode(conf),
    });
  }
}

function relationOf(table: OpenedTable): Relation {
  return Object.freeze({
    kind: "relation",
    name: table.name,
    format: "parquet",
    output: attributesOf(table.fields).map((attribute) => {
      const charLength = table.charLengths.get(attribute.name.toLowerCase());
      return charLength === undefined ? attribute : Object.freeze({ ...attribute, charLength });
    }),
    files: table.files,
    partitionColumns: table.partitionColumns,
    filters: [],
  });
}

function lookup(views: ViewRegistry, nameParts: readonly string[]): LogicalPlan | null {
  const [name = ""] = nameParts;
  return nameParts.length === 1 ? views.get(name) : null;
}

const keyOf = (files: UnresolvedFiles): string =>
  JSON.stringify([files.format, files.paths, files.schema, files.options]);

function unsupportedFormat(format: string): AnalysisError {
  return new AnalysisError({
    condition: "UNSUPPORTED_DATASOURCE_FOR_DIRECT_QUERY",
    message: `Unsupported data source type for direct query on files: ${format}; use parquet`,
    sqlState: "0A000",
    details: { dataSourceType: format },
  });
}

function emptyPath(): AnalysisError {
  return new AnalysisError({
    condition: "INVALID_EMPTY_LOCATION",
    message: "The location name cannot be empty string, but `` was given.",
    sqlState: "42K05",
  });
}

function notOpened(files: UnresolvedFiles): AnalysisError {
  return new AnalysisError({
    condition: "PATH_NOT_FOUND",
    message: `Path does not exist: ${files.paths.join(", ")}.`,
    sqlState: "42K03",
    details: { path: files.paths.join(", ") },
  });
}
