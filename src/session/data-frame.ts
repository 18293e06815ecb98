import { inspect } from "node:util";
import type { Table } from "apache-arrow";
import type { QueryResult } from "../answer/query-result.ts";
import type { ShowOptions } from "../answer/render-table.ts";
import type { ResultStream } from "../answer/result-stream.ts";
import type { Row } from "../answer/row.ts";
import type { Schema } from "../answer/schema.ts";
import { showText } from "../answer/show-text.ts";
import { simpleString } from "../columnar/data-type.ts";
import { describeValue } from "../common/describe-value.ts";
import { AnalysisError } from "../common/errors.ts";
import {
  expectArgument,
  expectBoolean,
  expectObject,
  expectString,
  expectStrings,
  unexpectedArgument,
} from "../common/expect-argument.ts";
import type { Alias } from "../plan/expression.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { printPlan } from "../plan/print-plan.ts";
import { explainModeOf } from "../query/explain-mode.ts";
import { quotedName } from "../query/name-parts.ts";
import type { QueryOptions } from "../query/query-options.ts";
import { hintWarning, isBroadcastHint } from "../sql/hints.ts";
import type { ExplainMode } from "../sql/statement.ts";
import { Column, columnExpression } from "./column.ts";
import {
  dropNulls,
  type FillValue,
  type FillValues,
  fillNulls,
  type Replaceable,
  replaceValues,
  summarizeColumns,
} from "./column-types.ts";
import { frameColumn } from "./frame-column.ts";
import type { FrameContext } from "./frame-context.ts";
import { expr } from "./functions/basic-functions.ts";
import { type ColumnOrName, columnOf } from "./functions/call-function.ts";
import { GroupedData } from "./grouped-data.ts";
import { joinPlan } from "./join-plan.ts";
import type { JoinName } from "./join-type.ts";
import * as nodes from "./logical-nodes.ts";
import { droppedConditions } from "./loose-conditions.ts";
import { DataFrameNaFunctions } from "./na-functions.ts";
import { samplePlan, splitPlans } from "./sample-plan.ts";
import type { SessionWarning } from "./session-warning.ts";
import { type SortArguments, sortOrders } from "./sort-arguments.ts";
import { refuseUnsupported } from "./spark-api/refuse-unsupported.ts";
import { unresolvedStar } from "./unresolved.ts";

const DEFAULT_ROWS = 20;
const SUMMARY = ["count", "mean", "stddev", "min", "25%", "50%", "75%", "max"];
const MAX_ROWS = 2 ** 31 - 1;

/**
 * A query that has not run yet; immutable. What builds on it is synchronous and does no work; what asks for rows, its
 * columns or its plan is asynchronous. Strings name columns, except where a parameter says it is SQL.
 */
export class DataFrame {
  readonly plan: LogicalPlan;
  private readonly broadcasts: boolean;
  readonly #context: FrameContext;

  /** Sessions make the first DataFrames; every other comes from one of these. */
  constructor(context: FrameContext, plan: LogicalPlan, broadcasts = false) {
    this.#context = context;
    this.plan = plan;
    this.broadcasts = broadcasts;
  }

  /** The column of this DataFrame, also where both sides of a join have one of that name. */
  col(name: string): Column {
    return frameColumn(this.plan, expectString(name, "name"));
  }

  /** The columns whose whole name matches a Java regular expression in back quotes; without those, one column. */
  colRegex(name: string): Column {
    const pattern = /^`(.*)`$/s.exec(expectString(name, "name"))?.[1];
    if (pattern === undefined) return this.col(name);
    return new Column(Object.freeze({ ...unresolvedStar(), matching: pattern }));
  }

  /** Columns one by one, or as an array. */
  select(...columns: readonly ColumnOrName[] | readonly [readonly ColumnOrName[]]): DataFrame {
    return this.project(listOf(columns).map(columnOf)).checked(this.select);
  }
  /** Columns in SQL: `selectExpr("price * 2 AS double_price", "*")`. */
  selectExpr(...expressions: readonly string[] | readonly [readonly string[]]): DataFrame {
    const texts = expectStrings(listOf(expressions), "expressions");
    return this.project(texts.map((sql) => expr(sql, this.#context.timeZone)));
  }
  /** Adds a column, or replaces the one of that name. */
  withColumn(name: string, column: Column): DataFrame {
    const added = this.withColumns({ [expectString(name, "name")]: column });
    return added.checked(this.withColumn);
  }
  /** Adds or replaces several columns; each sees the columns of this DataFrame only. */
  withColumns(columns: { readonly [name: string]: Column }): DataFrame {
    expectObject(columns, "columns", "an object of Columns by name");
    const aliases = Object.entries(columns).map(([name, column]) => {
      columnExpression(column);
      return column.as(name).expression;
    });
    const plan = nodes.withColumns(aliases as readonly Alias[], this.plan);
    return this.over(plan).checked(this.withColumns);
  }
  withColumnRenamed(from: string, to: string): DataFrame {
    return this.withColumnsRenamed({ [expectString(from, "from")]: to });
  }
  /** Names that are not there are passed over. */
  withColumnsRenamed(renames: { readonly [from: string]: string }): DataFrame {
    expectObject(renames, "renames", "an object of new names by old");
    const pairs = Object.entries(renames).map(([from, to]) =>
      Object.freeze({ from, to: expectString(to, "to") }),
    );
    return this.over({ kind: "renameColumns", renames: pairs, all: null, child: this.plan });
  }
  /** New names for all columns, by position; without names the DataFrame itself. */
  toDF(...given: readonly string[] | readonly [readonly string[]]): DataFrame {
    const names = expectStrings(listOf(given), "names");
    if (names.length === 0) return this;
    return this.over({ kind: "renameColumns", renames: null, all: names, child: this.plan });
  }
  /** Names that are not there are passed over. */
  drop(...columns: readonly ColumnOrName[]): DataFrame {
    const expressions = columns.map(
      (column) => columnOf(typeof column === "string" ? quotedName(column) : column).expression,
    );
    return this.over({ kind: "dropColumns", columns: expressions, child: this.plan });
  }

  /**
   * The rows where a condition holds; a string is SQL. Conditions are put together with `.and`, `.or` and `.not`:
   * `a && b` is `b`, and the session warns that a condition was dropped.
   */
  filter(condition: Column | string): DataFrame {
    return this.filtered(condition).checked(this.filter);
  }
  where(condition: Column | string): DataFrame {
    return this.filtered(condition).checked(this.where);
  }

  groupBy(...columns: readonly ColumnOrName[] | readonly [readonly ColumnOrName[]]): GroupedData {
    const grouping = listOf(columns).map((column) => columnOf(column).expression);
    return new GroupedData(this.plan, grouping, (plan) => this.over(plan));
  }
  groupby(...columns: readonly ColumnOrName[] | readonly [readonly ColumnOrName[]]): GroupedData {
    return this.groupBy(...columns);
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
    const other = expectDataFrame(right, "right");
    const plan = joinPlan(
      { plan: this.plan, broadcasts: this.broadcasts },
      { plan: other.plan, broadcasts: other.broadcasts },
      on ?? null,
      how,
    );
    return this.over(plan).checked(this.join);
  }
  crossJoin(right: DataFrame): DataFrame {
    return this.join(right, undefined, "cross");
  }
  /** Says how to join this DataFrame: `broadcast` sends all of it to every task. Others do nothing but warn. */
  hint(name: string, ...args: readonly unknown[]): DataFrame {
    const texts = args.map((arg) => (typeof arg === "string" ? arg : describeValue(arg)));
    const text = args.length === 0 ? name : `${expectString(name, "name")}(${texts.join(", ")})`;
    const warning = hintWarning(expectString(name, "name"), text);
    if (warning !== null) this.#context.warn(warning);
    return new DataFrame(this.#context, this.plan, this.broadcasts || isBroadcastHint(name));
  }

  /** By columns, ascending unless they or a last argument `{ascending: false}` say otherwise. */
  orderBy(...columns: SortArguments): DataFrame {
    return this.over(nodes.sort(sortOrders(columns), this.plan));
  }
  sort(...columns: SortArguments): DataFrame {
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
  /** One row of each combination of values in some columns, given one by one or as an array; by default in all. */
  dropDuplicates(...columns: readonly string[] | readonly [(readonly string[])?]): DataFrame {
    const [first] = columns;
    if (columns.length === 0 || (columns.length === 1 && first === undefined))
      return this.distinct();
    const names = expectStrings(listOf(columns as readonly string[]), "columns");
    return this.over({ kind: "deduplicate", columns: names, child: this.plan });
  }
  drop_duplicates(...columns: readonly string[] | readonly [(readonly string[])?]): DataFrame {
    return this.dropDuplicates(...columns);
  }

  /** All rows of both, by position; duplicates stay. */
  union(other: DataFrame): DataFrame {
    return this.over(
      nodes.setOperation("union", true, this.plan, expectDataFrame(other, "other").plan),
    );
  }
  unionAll(other: DataFrame): DataFrame {
    return this.union(other);
  }
  /** All rows of both, by name. A column that one of them lacks is an error, or null where allowed. */
  unionByName(
    other: DataFrame,
    options: { readonly allowMissingColumns?: boolean } = {},
  ): DataFrame {
    const { allowMissingColumns = false } = expectObject(options, "options", "an object");
    return this.over({
      kind: "unresolvedUnion",
      allowMissingColumns: expectBoolean(allowMissingColumns, "allowMissingColumns"),
      left: this.plan,
      right: expectDataFrame(other, "other").plan,
    });
  }
  /** Different rows that both have. */
  intersect(other: DataFrame): DataFrame {
    return this.over(
      nodes.setOperation("intersect", false, this.plan, expectDataFrame(other, "other").plan),
    );
  }
  intersectAll(other: DataFrame): DataFrame {
    return this.over(
      nodes.setOperation("intersect", true, this.plan, expectDataFrame(other, "other").plan),
    );
  }
  /** Different rows that the other lacks. */
  except(other: DataFrame): DataFrame {
    return this.over(
      nodes.setOperation("except", false, this.plan, expectDataFrame(other, "other").plan),
    );
  }
  subtract(other: DataFrame): DataFrame {
    return this.except(other);
  }
  exceptAll(other: DataFrame): DataFrame {
    return this.over(
      nodes.setOperation("except", true, this.plan, expectDataFrame(other, "other").plan),
    );
  }

  /**
   * Values in place of nulls, and of NaN: one for all columns of its kind (or those of a list), or one for each column
   * as in `{price: 0, name: "none"}`.
   */
  fillna(value: FillValue | FillValues, columns?: readonly string[]): DataFrame {
    return this.over(fillNulls(value, columns, this.plan));
  }
  /** Without rows that have nulls or NaN: any, only such (`"all"`), or fewer values than a number. */
  dropna(how: "any" | "all" | number = "any", columns?: readonly string[]): DataFrame {
    return this.over(dropNulls(how, columns, this.plan));
  }
  /**
   * Other values in place of some: one by one, as arrays, or as a Map. All must be numbers, strings or booleans; columns
   * of other types stay.
   */
  replace(
    from: FillValue | readonly FillValue[] | ReadonlyMap<FillValue, Replaceable> | FillValues,
    to?: Replaceable | readonly Replaceable[],
    columns?: readonly string[],
  ): DataFrame {
    return this.over(replaceValues(from, to, columns, this.plan));
  }
  /** `fill`, `drop` and `replace` of missing values. */
  get na(): DataFrameNaFunctions {
    return new DataFrameNaFunctions(this);
  }
  /** Count, mean, deviation, least and greatest value of columns of numbers and strings, as rows of text. */
  describe(...columns: readonly string[] | readonly [readonly string[]]): DataFrame {
    const names = expectStrings(listOf(columns), "columns");
    const statistics = ["count", "mean", "stddev", "min", "max"];
    return this.over(summarizeColumns(statistics, names.length === 0 ? null : names, this.plan));
  }
  /** As `describe`, of the statistics named: also `count_distinct`, `approx_count_distinct`, and `75%`. */
  summary(...statistics: readonly string[] | readonly [readonly string[]]): DataFrame {
    const given = expectStrings(listOf(statistics), "statistics");
    return this.over(summarizeColumns(given.length === 0 ? SUMMARY : given, null, this.plan));
  }
  /** Each row with a probability. The same seed over the same tasks chooses the same rows, which in one task are Spark's. */
  sample(fraction: number, seed?: number | bigint): DataFrame;
  sample(withReplacement: false, fraction: number, seed?: number | bigint): DataFrame;
  sample(first: number | false, second?: number | bigint, third?: number | bigint): DataFrame {
    if (typeof first === "number") return this.over(samplePlan(first, second, this.plan));
    expectArgument(first === false, "withReplacement", "false: the other is not supported", first);
    return this.over(samplePlan(second as number, third, this.plan));
  }
  /**
   * Parts of the rows in proportion to weights, without a row in common and with none left out. Equal rows come into the
   * same part; which rows a seed chooses are not Spark's.
   */
  randomSplit(weights: readonly number[], seed?: number | bigint): DataFrame[] {
    return splitPlans(weights, seed, this.plan).map((plan) => this.over(plan));
  }
  /** Applies a function to this DataFrame: `df.transform(cleaned).transform(enriched, table)`. */
  transform<A extends readonly unknown[]>(
    change: (frame: DataFrame, ...args: A) => DataFrame,
    ...args: A
  ): DataFrame {
    expectArgument(typeof change === "function", "change", "a function", change);
    const made = change(this, ...args);
    expectArgument(
      made instanceof DataFrame,
      "change",
      "a function that returns a DataFrame",
      made,
    );
    return made;
  }

  /** A name that may stand before its columns: `a.id`. */
  alias(name: string): DataFrame {
    expectString(name, "name");
    return this.over({ kind: "subqueryAlias", alias: name, columns: [], child: this.plan });
  }
  as(name: string): DataFrame {
    return this.alias(name);
  }

  /** Keeps the rows of the first action that asks for all of them, for the actions after it. */
  cache(): this {
    this.#context.cache(this.plan);
    return this;
  }
  persist(): this {
    return this.cache();
  }
  /** Drops what `cache` kept. */
  async unpersist(): Promise<this> {
    await this.#context.uncache(this.plan);
    return this;
  }
  /** Gives it a name in SQL, whatever had it before. */
  createOrReplaceTempView(name: string): void {
    this.#context.createView(expectString(name, "name"), this.plan, true);
  }
  /** As `createOrReplaceTempView`, but a taken name is an error. */
  createTempView(name: string): void {
    this.#context.createView(expectString(name, "name"), this.plan, false);
  }

  /** Runs the query: its rows, its columns, and what it took. */
  async run(options: QueryOptions = {}): Promise<QueryResult> {
    return (await this.stream(options)).collect();
  }
  /** As `run`, but a result that an engine elsewhere left in S3 is brought while it is read, however large it is. */
  stream(options: QueryOptions = {}): Promise<ResultStream> {
    return this.#context.run(this.plan, options);
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
    const wanted = rowCount(count, "tail");
    const before = wanted === 0 ? 0 : (await this.count(options)) - wanted;
    if (wanted === 0) return [];
    return before > 0 ? this.offset(before).collect(options) : this.collect(options);
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
  /** Prints the first rows as Spark does: `show(5)`, `show(5, false)`, `show(5, { vertical: true })`. */
  async show(
    rows: number | boolean = DEFAULT_ROWS,
    options: ShowArgument = {},
    vertical?: boolean,
  ): Promise<void> {
    process.stdout.write(`${await this.showString(rows, options, vertical)}\n`);
  }
  /** What `show` prints, without the newline at its end. */
  async showString(
    rows: number | boolean = DEFAULT_ROWS,
    options: ShowArgument = {},
    vertical?: boolean,
  ): Promise<string> {
    const { count, how } = showArguments(rows, options, vertical);
    return showText(await this.limit(count + 1).run(how), count, how);
  }

  schema(): Promise<Schema> {
    return this.#context.schemaOf(this.plan);
  }
  /** The columns where they are known, else the plan: nothing is opened or run. */
  [inspect.custom](): string {
    const schema = this.#context.knownSchema(this.plan);
    if (schema === null)
      return `DataFrame[columns: await df.schema()]\n${printPlan(this.plan, this.#context.timeZone)}`;
    const columns = schema.fields.map(({ name, type }) => `${name}: ${simpleString(type)}`);
    return `DataFrame[${columns.join(", ")}]`;
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
    const isMode = typeof mode === "string";
    if (!isMode) expectBoolean(mode, "mode");
    const name = isMode ? explainModeOf(mode) : mode ? "extended" : "simple";
    return this.#context.explain(this.plan, name);
  }

  private over(plan: LogicalPlan): DataFrame {
    return new DataFrame(this.#context, Object.freeze(plan));
  }

  private project(columns: readonly Column[]): DataFrame {
    const expressions = columns.map((column) => columnExpression(column));
    return this.over(nodes.project(expressions, this.plan));
  }

  private filtered(condition: Column | string): DataFrame {
    const isColumn = condition instanceof Column;
    if (!isColumn && typeof condition !== "string") throw noCondition(condition);
    const column = isColumn ? condition : expr(condition, this.#context.timeZone);
    return this.over(nodes.filter(column.expression, this.plan));
  }

  /** Warns of conditions in the arguments of the call of `method` that nothing was made of. */
  private checked(method: (...args: never) => unknown): this {
    const dropped = droppedConditions(method);
    if (dropped > 0) this.#context.warn(droppedCondition(dropped));
    return this;
  }
}

type ShowArgument = (ShowOptions & QueryOptions) | boolean | number;

function expectDataFrame(frame: DataFrame, argument: string): DataFrame {
  expectArgument(frame instanceof DataFrame, argument, "a DataFrame", frame);
  return frame;
}

/** Arguments given one by one, or as one array. */
function listOf<T>(given: readonly T[] | readonly [readonly T[]]): readonly T[] {
  const [first] = given;
  return given.length === 1 && Array.isArray(first) ? first : (given as readonly T[]);
}

function noCondition(condition: unknown): AnalysisError {
  const hint =
    typeof condition === "boolean"
      ? " (for a condition of columns write .equalTo, .and, .or and .not in place of ==, &&, || and !)"
      : "";
  return unexpectedArgument("condition", `a Column or SQL${hint}`, condition);
}

function droppedCondition(count: number): SessionWarning {
  const what = count === 1 ? "A condition is" : `${count} conditions are`;
  return {
    condition: "DROPPED_CONDITION",
    message: `${what} made in the arguments of a call and not used by it: \`a && b\` of two Columns is \`b\`; write a.and(b)`,
  };
}

function showArguments(
  rows: number | boolean,
  options: ShowArgument,
  vertical: boolean | undefined,
): { readonly count: number; readonly how: ShowOptions & QueryOptions } {
  if (typeof rows === "boolean")
    return showArguments(DEFAULT_ROWS, rows, typeof options === "boolean" ? options : vertical);
  expectArgument(Number.isFinite(rows), "rows", "a number", rows);
  const isTruncate = typeof options === "boolean" || typeof options === "number";
  const given = isTruncate ? { truncate: options } : expectObject(options, "options", "an object");
  const { truncate = true } = given;
  const holds = typeof truncate === "boolean" || Number.isFinite(truncate);
  expectArgument(holds, "truncate", "a boolean or a number of characters", truncate);
  if (vertical !== undefined) expectBoolean(vertical, "vertical");
  const count = Math.max(0, Math.min(Math.trunc(rows), MAX_ROWS - 1));
  return { count, how: vertical === undefined ? given : { ...given, vertical } };
}

function rowCount(count: number, method: string): number {
  if (Number.isInteger(count) && count >= 0 && count <= MAX_ROWS) return count;
  throw new AnalysisError({
    condition: "INVALID_LIMIT_LIKE_EXPRESSION.IS_NEGATIVE",
    message: `The ${method} must be an integer from 0 to ${MAX_ROWS}, but was ${describeValue(count)}`,
    sqlState: "42K0E",
  });
}

refuseUnsupported(DataFrame.prototype, "DataFrame");
