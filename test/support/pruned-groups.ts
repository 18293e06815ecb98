import type { Catalog } from "../../src/analyzer/catalog.ts";
import type { FileFacts } from "../../src/columnar/file-facts.ts";
import { present } from "../../src/common/assert.ts";
import { evaluateConstant } from "../../src/exec/evaluate-constant.ts";
import type { RebaseMode } from "../../src/formats/parquet/rebase-modes.ts";
import { type OpenedTable, openTable } from "../../src/formats/table/open-table.ts";
import { optimize } from "../../src/optimizer/optimize.ts";
import { pruneRowGroups } from "../../src/physical/prune-row-groups.ts";
import type { Expression } from "../../src/plan/expression.ts";
import type { LogicalPlan, Relation } from "../../src/plan/logical-plan.ts";
import { planChildren } from "../../src/plan/plan-tree.ts";
import { attributesOf } from "../../src/plan/values-plan.ts";
import { LocalObjectStore } from "../../src/storage/local-object-store.ts";
import { analyzePlan, queryOf } from "./analysis.ts";

const SETTINGS = { ansi: true, timeZone: "UTC" };
const constant = (expression: Expression) => evaluateConstant(expression, SETTINGS);

/** A file as a table `t` whose queries are planned but not run. */
export class PlannedFile {
  readonly facts: FileFacts;
  private readonly relation: Relation;

  private constructor(table: OpenedTable) {
    this.facts = present(table.files[0], "The file");
    this.relation = {
      kind: "relation",
      name: "t",
      format: "parquet",
      output: attributesOf(table.fields).map((column) => {
        const charLength = table.charLengths.get(column.name.toLowerCase());
        return charLength === undefined ? column : { ...column, charLength };
      }),
      files: table.files,
      partitionColumns: [],
      filters: [],
    };
  }

  static async open(path: string, rebase: RebaseMode = "CORRECTED"): Promise<PlannedFile> {
    const store = new LocalObjectStore("/");
    try {
      return new PlannedFile(
        await openTable(store, [path], { rebase: { datetime: rebase, int96: rebase } }),
      );
    } finally {
      store.close();
    }
  }

  /** The row groups that are read where only rows that pass the filter are asked for. */
  groupsRead(filter: string): ReadonlySet<number> {
    const catalog: Catalog = {
      lookup: () => this.relation,
      lookupFiles: () => this.relation,
      tableNames: () => ["t"],
    };
    const query = queryOf(`SELECT * FROM t WHERE ${filter}`);
    const plan = optimize(analyzePlan(query, catalog, SETTINGS, constant), {
      settings: { excludedRules: [] },
      evaluateConstant: constant,
    });
    const scan = relationIn(plan);
    if (scan === null) return new Set();
    const { files } = pruneRowGroups(scan.files, scan.filters, SETTINGS.timeZone);
    return new Set(files.flatMap((file) => file.rowGroups.map(({ index }) => index)));
  }
}

function relationIn(plan: LogicalPlan): Relation | null {
  if (plan.kind === "relation") return plan;
  for (const child of planChildren(plan)) {
    const found = relationIn(child);
    if (found !== null) return found;
  }
  return null;
}
