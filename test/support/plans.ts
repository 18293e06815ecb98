import { BOOLEAN, type DataType, INT, LONG } from "../../src/columnar/data-type.ts";
import type { ColumnFacts, FileFacts } from "../../src/columnar/file-facts.ts";
import type { LiteralJson } from "../../src/columnar/literal-json.ts";
import type {
  AggregateCall,
  Alias,
  Attribute,
  Call,
  Expression,
  Literal,
  SortOrder,
} from "../../src/plan/expression.ts";
import { nullableOf } from "../../src/plan/expression-type.ts";
import type {
  Aggregate,
  Filter,
  Join,
  JoinType,
  Limit,
  LogicalPlan,
  Offset,
  Project,
  Relation,
  SetOperation,
  Sort,
} from "../../src/plan/logical-plan.ts";
import { planOutput } from "../../src/plan/plan-output.ts";

/** Plans by hand, for tests of rooms below the parser. */
export function attribute(
  id: number,
  name: string,
  type: DataType = LONG,
  nullable = false,
): Attribute {
  return { kind: "attribute", id, name, type, nullable, qualifier: [] };
}

export const literal = (value: LiteralJson, type: DataType = LONG): Literal => ({
  kind: "literal",
  type,
  value,
});

export const call = (name: string, type: DataType, ...args: Expression[]): Call => ({
  kind: "call",
  name,
  args,
  type,
  nullable: args.some(nullableOf),
  ansi: true,
});

export const condition = (name: string, ...args: Expression[]): Call =>
  call(name, BOOLEAN, ...args);

export const alias = (id: number, name: string, child: Expression): Alias => ({
  kind: "alias",
  id,
  name,
  child,
});

export const aggregateCall = (
  name: string,
  args: readonly Expression[],
  more: Partial<AggregateCall> = {},
): AggregateCall => ({
  kind: "aggregate",
  name,
  args,
  distinct: false,
  filter: null,
  type: LONG,
  nullable: name !== "count",
  ansi: true,
  ...more,
});

export interface ColumnSpec {
  readonly min?: LiteralJson;
  readonly max?: LiteralJson;
  readonly nulls?: number;
  /** Compressed bytes of each row group's chunk. Default 8 a row. */
  readonly sizeBytes?: number;
}

/** Facts of a file whose row groups all have `rows` rows; columns may be told apart by row group. */
export function fileFacts(
  path: string,
  columns: readonly Attribute[],
  groups: readonly { rows: number; columns?: { [name: string]: ColumnSpec } }[],
  partitionValues: { [column: string]: string | null } = {},
): FileFacts {
  const fields = columns.map(({ name, type, nullable }) => ({ name, type, nullable }));
  const rowGroups = groups.map((group, index) => ({
    index,
    rows: group.rows,
    columns: Object.fromEntries(
      columns.map((c) => [c.name, columnFacts(c, group.rows, group.columns?.[c.name] ?? {})]),
    ),
  }));
  const rows = groups.reduce((sum, group) => sum + group.rows, 0);
  return {
    path,
    sizeBytes: rows * columns.length * 8,
    etag: `etag of ${path}`,
    partitionValues,
    fields,
    rows,
    rowGroups,
    footerBytes: 1000,
  };
}

function columnFacts(column: Attribute, rows: number, spec: ColumnSpec): ColumnFacts {
  const sizeBytes = spec.sizeBytes ?? rows * 8;
  return {
    chunks: [
      {
        offset: 4,
        sizeBytes,
        uncompressedBytes: Math.max(sizeBytes, rows * 8),
        values: rows,
        physical: column.type.kind === "int" ? "INT32" : "INT64",
        typeLength: 0,
        codec: "SNAPPY",
        encodings: ["PLAIN", "RLE"],
        maxDefinitionLevel: column.nullable ? 1 : 0,
        maxRepetitionLevel: 0,
      },
    ],
    min: spec.min ?? null,
    max: spec.max ?? null,
    nulls: spec.nulls ?? 0,
  };
}

/** A relation of one file; long columns are unique numbers from 1 unless `columns` says otherwise. */
export function relation(
  name: string,
  output: readonly Attribute[],
  rows = 1000,
  columns: { [name: string]: ColumnSpec } = {},
  more: Partial<Relation> = {},
): Relation {
  const specs = Object.fromEntries(
    output.map((c) => [
      c.name,
      c.type.kind === "long"
        ? { min: "1", max: String(rows), ...columns[c.name] }
        : (columns[c.name] ?? {}),
    ]),
  );
  return {
    kind: "relation",
    name,
    format: "parquet",
    output,
    files: [fileFacts(`${name}.parquet`, output, [{ rows, columns: specs }])],
    partitionColumns: [],
    filters: [],
    ...more,
  };
}

export const project = (child: LogicalPlan, ...expressions: Expression[]): Project => ({
  kind: "project",
  expressions,
  child,
});

export const filter = (child: LogicalPlan, where: Expression): Filter => ({
  kind: "filter",
  condition: where,
  child,
});

export const aggregate = (
  child: LogicalPlan,
  grouping: readonly Expression[],
  ...aggregates: Expression[]
): Aggregate => ({ kind: "aggregate", grouping, aggregates, child });

export const join = (
  left: LogicalPlan,
  right: LogicalPlan,
  type: JoinType = "inner",
  on: Expression | null = null,
  hint: Join["hint"] = null,
): Join => ({ kind: "join", type, condition: on, using: null, left, right, hint });

export const ascending = (expression: Expression): SortOrder => ({
  expression,
  ascending: true,
  nullsFirst: true,
});

export const sort = (child: LogicalPlan, ...by: Expression[]): Sort => ({
  kind: "sort",
  orders: by.map(ascending),
  child,
});

export const limit = (child: LogicalPlan, count: number): Limit => ({
  kind: "limit",
  count: literal(count, INT),
  child,
});

export const offset = (child: LogicalPlan, count: number): Offset => ({
  kind: "offset",
  count: literal(count, INT),
  child,
});

export const setOperation = (
  operation: SetOperation["operation"],
  all: boolean,
  ids: readonly number[],
  ...children: LogicalPlan[]
): SetOperation => ({
  kind: "setOperation",
  operation,
  all,
  children,
  output: (children[0] ? planOutput(children[0]) : []).map((a, i) => ({ ...a, id: ids[i] ?? 0 })),
});
