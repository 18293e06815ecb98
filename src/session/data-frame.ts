import type { Table } from "apache-arrow";
import type { QueryResult } from "../answer/query-result.ts";
import type { ShowOptions } from "../answer/render-table.ts";
import type { ResultStream } from "../answer/result-stream.ts";
import type { Row } from "../answer/row.ts";
import type { Schema } from "../answer/schema.ts";
import { showText } from "../answer/show-text.ts";
import { simpleString } from "../columnar/data-type.ts";
import { AnalysisError } from "../common/errors.ts";
import type { Alias } from "../plan/expression.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { explainModeOf } from "../query/explain-mode.ts";
import { quotedName } from "../query/name-parts.ts";
import type { QueryOptions } from "../query/query-options.ts";
import type { ExplainMode } from "../sql/statement.ts";
import { type Column, type SortColumn, sortOrderOf } from "./column.ts";
import { expressionOf } from "./expect-argument.ts";
import { frameColumn } from "./frame-column.ts";
import type { FrameContext } from "./frame-context.ts";
import { expr } from "./functions/basic-functions.ts";
import { type ColumnOrName, columnOf } from "./functions/call-function.ts";
import { GroupedData } from "./grouped-data.ts";
import { joinPlan } from "./join-plan.ts";
import type { JoinName } from "./join-type.ts";
import * as nodes from "./logical-nodes.ts";

const DEFAULT_ROWS = 20;

/**
 * A query that has not run yet; immutable. What builds on it is synchronous and does no work; what asks for rows, its
 * columns or its plan is asynchronous. Strings name columns, except where a parameter says it is SQL.
 */
export class DataFrame {
  readonly plan: LogicalPlan;
  private readonly context: FrameContext;
  private readonly broadcasts: boolean;

  /** Sessions make the first DataFrames; every other comes from one of these. */
  constructor(context: FrameContext, plan: LogicalPlan, broadcasts = false) {
    this.context = context;
    this.plan = plan;
    this.broadcasts = broadcasts;
  }

  /** The column of this DataFrame, also where both sides of a join have one of that name. */
  col(name: string): Column {
    return frameColumn(this.plan, name);
  }

  select(...columns: readonly ColumnOrName[]): DataFrame {
    return this.project(columns.map(columnOf));
  }
  /** Columns in SQL: `selectExpr("price * 2 AS double_price", "*")`. */
  selectExpr(...expressions: readonly string[]): DataFrame {
    return this.project(expressions.map((sql) => expr(sql, this.context.timeZone)));
  }
  /** Adds a column, or replaces the one of that name. */
  withColumn(name: string, column: Column): DataFrame {
    return this.withColumns({ [name]: column });
  }
  /** Adds or replaces several columns; each sees the columns of this DataFrame only. */
  withColumns(columns: { readonly [name: string]: Column }): DataFrame {
    const aliases = Object.entries(columns).map(([name, column]) => {
      expressionOf(column);
      return column.as(name).expression;
    });
    return this.over(nodes.withColumns(aliases as readonly Alias[], this.plan));
  }
  withColumnRenamed(from: string, to: string): DataFrame {
    return this.withColumnsRenamed({ [from]: to });
  }
  /** Names that are not there are passed over. */
  withColumnsRenamed(renames: { readonly [from: string]: string }): DataFrame {
    const pairs = Object.entries(renames).map(([from, to]) => Object.freeze({ from, to }));
    return this.over({ kind: "renameColumns", renames: pairs, all: null, child: this.plan });
  }
  /** New names for all columns, by position; without names the DataFrame itself. */
  toDF(...names: readonly string[]): DataFrame {
    if (names.length === 0) return this;
    return this.over({ kind: "renameColumns", renames: null, all: names, child: this.plan });
  }
  /** Names that are not there are passed over. */
  drop(...columns: readonly ColumnOrName[]): DataFrame {
    const expressions = columns.map((column) =>
      typeof column === "string" ? columnOf(quotedName(column)).expression : column.expression,
    );
    return this.over({ kind: "dropColumns", columns: expressions, child: this.plan });
  }

  /** The rows where a condition holds; a string is SQL. */
  filter(condition: Column | string): DataFrame {
    const column =
      typeof condition === "string" ? expr(condition, this.context.timeZone) : condition;
    return this.over(nodes.filter(expressionOf(column), this.plan));
  }
  where(condition: Column | string): DataFrame {
    return this.filter(condition);
  }

  groupBy(...columns: readonly ColumnOrName[]): GroupedData {
    const grouping = columns.map((column) => columnOf(column).expression);
    return new GroupedData(this.plan, grouping, (plan) => this.over(plan));
  }
  /** Aggregates of all rows: columns, or names and functions as in `{price: "avg"}`. */
  agg(
    ...columns: readonly [Column, ...Column[]] | readonly [Readonly<Record<string, string>>]
  ): DataFrame {
    return this.groupBy().agg(...columns);
  }

  /**
   * Joins by columns that both have (`"id"`, kept once), or by a condition. Without `on` every pair of rows matches.
   */
  join(
    right: DataFrame,
    on?: string | readonly string[] | Column,
    how: JoinName = "inner",
  ): DataFrame {
    return this.over(
      joinPlan(
        { plan: this.plan, broadcasts: this.broadcasts },
        { plan: right.plan, broadcasts: right.broadcasts },
        on ?? null,
        how,
      ),
    );
  }
  crossJoin(right: DataFrame): DataFrame {
    return this.join(right, undefined, "cross");
  }
  /** Says how to join this DataFrame: `broadcast` sends all of it to every task. */
  hint(name: "broadcast"): DataFrame {
    return new DataFrame(this.context, this.plan, name === "broadcast");
  }

  orderBy(...columns: readonly (ColumnOrName | SortColumn)[]): DataFrame {
    const orders = columns.map((column) =>
      sortOrderOf(typeof column === "string" ? columnOf(column) : column),
    );
    return this.over(nodes.sort(orders, this.plan));
  }
  sort(...columns: readonly (ColumnOrName | SortColumn)[]): DataFrame {
    return this.orderBy(...columns);
  }
  limit(count: number): DataFrame {
    return this.over(nodes.limit(rowCount(count, "limit"), this.plan));
  }
  /** Without the first rows. */
  offset(count: number): DataFrame {
    return this.over(nodes.offset(rowCount(count, "offset"), this.plan));
  }

  distinct(): DataFrame {
    return this.over(nodes.distinct(this.plan));
  }
  /** One row of each combination of values in some columns, by default in all. */
  dropDuplicates(columns?: readonly string[]): DataFrame {
    if (columns === undefined) return this.distinct();
    return this.over({ kind: "deduplicate", columns, child: this.plan });
  }

  /** All rows of both, by position; duplicates stay. */
  union(other: DataFrame): DataFrame {
    return this.over(nodes.setOperation("union", true, this.plan, other.plan));
  }
  unionAll(other: DataFrame): DataFrame {
    return this.union(other);
  }
  /** All rows of both, by name. A column that one of them lacks is an error, or null where allowed. */
  unionByName(
    other: DataFrame,
    options: { readonly allowMissingColumns?: boolean } = {},
  ): DataFrame {
    return this.over({
      kind: "unresolvedUnion",
      allowMissingColumns: options.allowMissingColumns ?? false,
      left: this.plan,
      right: other.plan,
    });
  }
  /** Different rows that both have. */
  intersect(other: DataFrame): DataFrame {
    return this.over(nodes.setOperation("intersect", false, this.plan, other.plan));
  }
  intersectAll(other: DataFrame): DataFrame {
    return this.over(nodes.setOperation("intersect", true, this.plan, other.plan));
  }
  /** Different rows that the other lacks. */
  except(other: DataFrame): DataFrame {
    return this.over(nodes.setOperation("except", false, this.plan, other.plan));
  }
  exceptAll(other: DataFrame): DataFrame {
    return this.over(nodes.setOperation("except", true, this.plan, other.plan));
  }

  /** A name that may stand before its columns: `a.id`. */
  alias(name: string): DataFrame {
    return this.over({ kind: "subqueryAlias", alias: name, columns: [], child: this.plan });
  }
  as(name: string): DataFrame {
    return this.alias(name);
  }

  /** Keeps the rows of the first action that asks for all of them, for the actions after it. */
  cache(): this {
    this.context.cache(this.plan);
    return this;
  }
  persist(): this {
    return this.cache();
  }
  /** Drops what `cache` kept. */
  async unpersist(): Promise<this> {
    await this.context.uncache(this.plan);
    return this;
  }
  /** Gives it a name in SQL, whatever had it before. */
  createOrReplaceTempView(name: string): void {
    this.context.createView(name, this.plan, true);
  }
  /** As `createOrReplaceTempView`, but a taken name is an error. */
  createTempView(name: string): void {
    this.context.createView(name, this.plan, false);
  }

  /** Runs the query: its rows, its columns, and what it took. */
  async run(options: QueryOptions = {}): Promise<QueryResult> {
    return (await this.stream(options)).collect();
  }
  /** As `run`, but a result that an engine elsewhere left in S3 is brought while it is read, however large it is. */
  stream(options: QueryOptions = {}): Promise<ResultStream> {
    return this.context.run(this.plan, options);
  }
  async collect(options: QueryOptions = {}): Promise<Row[]> {
    return (await this.run(options)).rows();
  }
  async count(options: QueryOptions = {}): Promise<number> {
    const [row] = await this.over(nodes.countRows(this.plan)).collect(options);
    return Number(row?.get(0) ?? 0);
  }
  /** The first rows. */
  take(count: number, options: QueryOptions = {}): Promise<Row[]> {
    return this.limit(count).collect(options);
  }
  /** The first row or null; with a number, as `take`. */
  head(): Promise<Row | null>;
  head(count: number): Promise<Row[]>;
  head(count?: number): Promise<Row | null | Row[]> {
    return count === undefined ? this.first() : this.take(count);
  }
  async first(options: QueryOptions = {}): Promise<Row | null> {
    return (await this.take(1, options))[0] ?? null;
  }
  /** The last rows. */
  async tail(count: number, options: QueryOptions = {}): Promise<Row[]> {
    return (await this.collect(options)).slice(-count || Number.POSITIVE_INFINITY);
  }
  async isEmpty(options: QueryOptions = {}): Promise<boolean> {
    return (await this.take(1, options)).length === 0;
  }
  /** The rows one after the other; what an engine elsewhere left in S3 is brought while they are read. */
  async *toLocalIterator(options: QueryOptions = {}): AsyncGenerator<Row, void, void> {
    yield* (await this.stream(options)).rows();
  }
  /** The result as an Arrow table. */
  async toArrow(options: QueryOptions = {}): Promise<Table> {
    return (await this.run(options)).toArrow();
  }
  /** Prints the first rows as Spark does. */
  async show(rows: number = DEFAULT_ROWS, options: ShowOptions & QueryOptions = {}): Promise<void> {
    process.stdout.write(`${await this.showString(rows, options)}\n`);
  }
  /** What `show` prints, without the newline at its end. */
  async showString(
    rows: number = DEFAULT_ROWS,
    options: ShowOptions & QueryOptions = {},
  ): Promise<string> {
    const wanted = Math.max(0, Math.trunc(rows));
    return showText(await this.limit(wanted + 1).run(options), wanted, options);
  }

  schema(): Promise<Schema> {
    return this.context.schemaOf(this.plan);
  }
  /** Prints the columns as a tree, as Spark does. */
  async printSchema(): Promise<void> {
    process.stdout.write(`${(await this.schema()).treeString()}\n`);
  }
  /** The columns' names. */
  async columns(): Promise<readonly string[]> {
    return (await this.schema()).names;
  }
  /** The columns' names and types, as Spark writes them. */
  async dtypes(): Promise<readonly (readonly [string, string])[]> {
    return (await this.schema()).fields.map((f) => [f.name, simpleString(f.type)] as const);
  }
  /** Prints how the query would run. `true` is `extended`. */
  async explain(mode: ExplainMode | boolean = "simple"): Promise<void> {
    process.stdout.write(`${await this.explainString(mode)}\n`);
  }
  /** What `explain` prints. */
  explainString(mode: ExplainMode | boolean = "simple"): Promise<string> {
    const name = typeof mode === "string" ? explainModeOf(mode) : mode ? "extended" : "simple";
    return this.context.explain(this.plan, name);
  }

  private over(plan: LogicalPlan): DataFrame {
    return new DataFrame(this.context, Object.freeze(plan));
  }

  private project(columns: readonly Column[]): DataFrame {
    const expressions = columns.map(expressionOf);
    return this.over(nodes.project(expressions, this.plan));
  }
}

function rowCount(count: number, method: string): number {
  if (Number.isInteger(count) && count >= 0 && count <= 2 ** 31 - 1) return count;
  throw new AnalysisError({
    condition: "INVALID_LIMIT_LIKE_EXPRESSION.IS_NEGATIVE",
    message: `The ${method} must be an integer from 0 to 2147483647, but was ${count}`,
    sqlState: "42K0E",
    details: { count },
  });
}
