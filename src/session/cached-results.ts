import { randomUUID } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { QueryResult } from "../answer/query-result.ts";
import type { DataType, Field } from "../columnar/data-type.ts";
import { toLiteralJson } from "../columnar/literal-json.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { valuesPlan } from "../plan/values-plan.ts";
import type { PlanSubstitutions } from "../query/plan-substitutions.ts";

/** Larger results are kept as a Parquet file, for tasks to read their part of. */
const MAX_LOCAL_ROWS = 10_000;
const ROW_GROUP_ROWS = 1 << 17;

interface Kept {
  readonly plan: LogicalPlan;
  readonly file: string | null;
}

/** Results kept by `cache`: each is made by the first query that holds its plan, and stands in for it from then on. */
export class CachedResults {
  private readonly substitutions: PlanSubstitutions;
  /** The folder for files; asked for when the first one is written. */
  private readonly folder: () => string;
  private readonly kept = new Map<LogicalPlan, Promise<Kept>>();

  constructor(substitutions: PlanSubstitutions, folder: () => string) {
    this.substitutions = substitutions;
    this.folder = folder;
  }

  /** `run` runs the plan itself. Of a plan already cached nothing changes. */
  add(plan: LogicalPlan, run: (plan: LogicalPlan) => Promise<QueryResult>): void {
    if (this.substitutions.has(plan)) return;
    this.substitutions.add(plan, async (runs) => {
      const kept = this.kept.get(plan) ?? (runs ? this.make(plan, run) : null);
      return kept === null ? null : (await kept).plan;
    });
  }

  async remove(plan: LogicalPlan): Promise<void> {
    this.substitutions.remove(plan);
    const kept = await this.kept.get(plan)?.catch(() => undefined);
    this.kept.delete(plan);
    if (kept?.file) await rm(kept.file, { force: true });
  }

  private make(plan: LogicalPlan, run: (plan: LogicalPlan) => Promise<QueryResult>): Promise<Kept> {
    const kept = run(plan).then((result) => this.keep(plan, result));
    this.kept.set(plan, kept);
    kept.catch(() => this.kept.delete(plan));
    return kept;
  }

  private async keep(plan: LogicalPlan, result: QueryResult): Promise<Kept> {
    const { fields } = result.schema;
    const isSmall = result.rowCount <= MAX_LOCAL_ROWS;
    const file = isSmall || !fields.every(({ type }) => isStorable(type)) ? null : this.newFile();
    const rows = file === null ? localRows(result) : await fileRows(result, file);
    return { plan: underAlias(plan, rows), file };
  }

  private newFile(): string {
    return join(this.folder(), "cache", `${randomUUID()}.parquet`);
  }
}

function localRows(result: QueryResult): LogicalPlan {
  const { fields } = result.schema;
  const rows = [...result.engineRows()].map((values) =>
    fields.map((field, i) => toLiteralJson(field.type, values[i] ?? null)),
  );
  return valuesPlan(fields, rows);
}

/** In the file columns are called by their place: names may repeat in a result, not in a file. */
async function fileRows(result: QueryResult, file: string): Promise<LogicalPlan> {
  const { fields, names } = result.schema;
  const schema: readonly Field[] = fields.map((field, i) => ({ ...field, name: `c${i}` }));
  const [{ arrowTable }, { tableToIPC }, parquet] = await Promise.all([
    import("../answer/arrow-table.ts"),
    import("apache-arrow"),
    import("parquet-wasm"),
  ]);
  const table = await arrowTable(schema, result.decodedBatches());
  const bytes = parquet.writeParquet(
    parquet.Table.fromIPCStream(tableToIPC(table, "stream")),
    new parquet.WriterPropertiesBuilder()
      .setCompression(parquet.Compression.SNAPPY)
      .setMaxRowGroupSize(ROW_GROUP_ROWS)
      .build(),
  );
  await mkdir(join(file, ".."), { recursive: true });
  await writeFile(file, bytes);
  const read: LogicalPlan = Object.freeze({
    kind: "unresolvedFiles",
    format: "parquet",
    paths: [file],
    schema,
    options: {},
    position: null,
  });
  return Object.freeze({ kind: "renameColumns", renames: null, all: names, child: read });
}

function underAlias(plan: LogicalPlan, rows: LogicalPlan): LogicalPlan {
  if (plan.kind !== "subqueryAlias") return rows;
  return Object.freeze({ kind: "subqueryAlias", alias: plan.alias, columns: [], child: rows });
}

function isStorable(type: DataType): boolean {
  switch (type.kind) {
    case "null":
    case "year_month_interval":
    case "day_time_interval":
      return false;
    case "array":
      return isStorable(type.element);
    case "map":
      return isStorable(type.key) && isStorable(type.value);
    case "struct":
      return type.fields.length > 0 && type.fields.every((field) => isStorable(field.type));
    default:
      return true;
  }
}
