import { Column } from "../column.ts";
import { literalOf } from "../literal-of.ts";
import { unresolvedCall } from "../unresolved.ts";
import { type ColumnOrName, call, ofOneColumn } from "./call-function.ts";

/** The rows where the column is not null; `count("*")` all rows. */
function count(column: ColumnOrName): Column {
  return column === "*"
    ? new Column(unresolvedCall("count", [literalOf(1)]))
    : call("count", [column]);
}

/** The different combinations of values that hold no null. */
function countDistinct(first: ColumnOrName, ...others: readonly ColumnOrName[]): Column {
  return call("count", [first, ...others], [], { distinct: true });
}

const distinctOf =
  (name: string) =>
  (column: ColumnOrName): Column =>
    call(name, [column], [], { distinct: true });

const ofOneOrder =
  (name: string) =>
  (column: ColumnOrName, ignoreNulls = false): Column =>
    call(name, [column], [], { ignoreNulls });

const ofTwoColumns =
  (name: string) =>
  (first: ColumnOrName, second: ColumnOrName): Column =>
    call(name, [first, second]);

const first = ofOneOrder("first");
const last = ofOneOrder("last");
const sumDistinct = distinctOf("sum");
const mean = ofOneColumn("mean");
const approxCountDistinct = (column: ColumnOrName, relativeError?: number): Column =>
  call("approx_count_distinct", [column], relativeError === undefined ? [] : [relativeError]);

/** Functions of many rows. */
export const AGGREGATE_FUNCTIONS = {
  /** SQL: `count(*) FROM VALUES (NULL), (5), (5), (20) AS tab(col)` → `4` */
  count,
  countDistinct,
  count_distinct: countDistinct,
  /** SQL: `count_if(col % 2 = 0) FROM VALUES (NULL), (0), (1), (2), (3) AS tab(col)` → `2` */
  count_if: ofOneColumn("count_if"),
  /** SQL: `sum(col) FROM VALUES (5), (10), (15) AS tab(col)` → `30` */
  sum: ofOneColumn("sum"),
  sumDistinct,
  sum_distinct: sumDistinct,
  /** SQL: `avg(col) FROM VALUES (1), (2), (3) AS tab(col)` → `2.0` */
  avg: ofOneColumn("avg"),
  /** SQL: `avg(col) FROM VALUES (1), (2), (3) AS tab(col)` → `2.0` */
  mean,
  /** SQL: `min(col) FROM VALUES (10), (-1), (20) AS tab(col)` → `-1` */
  min: ofOneColumn("min"),
  /** SQL: `max(col) FROM VALUES (10), (50), (20) AS tab(col)` → `50` */
  max: ofOneColumn("max"),
  /** SQL: `first(col) FROM VALUES (10), (5), (20) AS tab(col)` → `10` */
  first,
  /** SQL: `first_value(col) FROM VALUES (NULL), (5), (20) AS tab(col)` → `NULL` */
  first_value: ofOneOrder("first_value"),
  /** SQL: `last(col) FROM VALUES (10), (5), (20) AS tab(col)` → `20` */
  last,
  /** SQL: `last_value(col) FROM VALUES (10), (5), (NULL) AS tab(col)` → `NULL` */
  last_value: ofOneOrder("last_value"),
  /** SQL: `any_value(col) FROM VALUES (10), (5), (20) AS tab(col)` → `10` */
  any_value: ofOneOrder("any_value"),
  /** SQL: `bool_and(col) FROM VALUES (true), (true), (true) AS tab(col)` → `true` */
  bool_and: ofOneColumn("bool_and"),
  /** SQL: `every(col) FROM VALUES (NULL), (true), (true) AS tab(col)` → `true` */
  every: ofOneColumn("every"),
  /** SQL: `bool_or(col) FROM VALUES (true), (false), (false) AS tab(col)` → `true` */
  bool_or: ofOneColumn("bool_or"),
  /** SQL: `some(col) FROM VALUES (false), (false), (NULL) AS tab(col)` → `false` */
  some: ofOneColumn("some"),
  /** SQL: `any(col) FROM VALUES (NULL), (true), (false) AS tab(col)` → `true` */
  any: ofOneColumn("any"),
  /** SQL: `bit_and(col) FROM VALUES (3), (5) AS tab(col)` → `1` */
  bit_and: ofOneColumn("bit_and"),
  /** SQL: `bit_or(col) FROM VALUES (3), (5) AS tab(col)` → `7` */
  bit_or: ofOneColumn("bit_or"),
  /** SQL: `bit_xor(col) FROM VALUES (3), (5) AS tab(col)` → `6` */
  bit_xor: ofOneColumn("bit_xor"),
  /** SQL: `mode(col) FROM VALUES (0), (10), (10) AS tab(col)` → `10` */
  mode: ofOneColumn("mode"),
  /** SQL: `median(col) FROM VALUES (0), (10) AS tab(col)` → `5.0` */
  median: ofOneColumn("median"),
  /** SQL: `percentile(col, 0.3) FROM VALUES (0), (10) AS tab(col)` → `3.0` */
  percentile: (column: ColumnOrName, fraction: number): Column =>
    call("percentile", [column], [fraction]),
  /** SQL: `collect_list(col) FROM VALUES (1), (2), (1) AS tab(col)` → `[1,2,1]` */
  array_agg: ofOneColumn("array_agg"),
  /** SQL: `std(col) FROM VALUES (1), (2), (3) AS tab(col)` → `1.0` */
  std: ofOneColumn("std"),
  /** SQL: `stddev(col) FROM VALUES (1), (2), (3) AS tab(col)` → `1.0` */
  stddev: ofOneColumn("stddev"),
  /** SQL: `stddev_samp(col) FROM VALUES (1), (2), (3) AS tab(col)` → `1.0` */
  stddev_samp: ofOneColumn("stddev_samp"),
  /** SQL: `stddev_pop(col) FROM VALUES (1), (2), (3) AS tab(col)` → `0.816496580927726` */
  stddev_pop: ofOneColumn("stddev_pop"),
  /** SQL: `variance(col) FROM VALUES (1), (2), (3) AS tab(col)` → `1.0` */
  variance: ofOneColumn("variance"),
  /** SQL: `var_samp(col) FROM VALUES (1), (2), (3) AS tab(col)` → `1.0` */
  var_samp: ofOneColumn("var_samp"),
  /** SQL: `var_pop(col) FROM VALUES (1), (2), (3) AS tab(col)` → `0.6666666666666666` */
  var_pop: ofOneColumn("var_pop"),
  /** SQL: `collect_list(col) FROM VALUES (1), (2), (1) AS tab(col)` → `[1,2,1]` */
  collect_list: ofOneColumn("collect_list"),
  /** SQL: `collect_set(col) FROM VALUES (1), (2), (1) AS tab(col)` → `[1,2]` */
  collect_set: ofOneColumn("collect_set"),
  /** SQL: `approx_count_distinct(id) FROM range(10000)` → `9571` */
  approx_count_distinct: approxCountDistinct,
  /** SQL: `max_by(x, y) FROM VALUES ('a', 10), ('b', 50), ('c', 20) AS tab(x, y)` → `b` */
  max_by: ofTwoColumns("max_by"),
  /** SQL: `min_by(x, y) FROM VALUES ('a', 10), ('b', 50), ('c', 20) AS tab(x, y)` → `a` */
  min_by: ofTwoColumns("min_by"),
  /** SQL: `corr(c1, c2) FROM VALUES (3, 2), (3, 3), (6, 4) as tab(c1, c2)` → `0.8660254037844387` */
  corr: ofTwoColumns("corr"),
  /** SQL: `covar_pop(c1, c2) FROM VALUES (1,1), (2,2), (3,3) AS tab(c1, c2)` → `0.6666666666666666` */
  covar_pop: ofTwoColumns("covar_pop"),
  /** SQL: `covar_samp(c1, c2) FROM VALUES (1,1), (2,2), (3,3) AS tab(c1, c2)` → `1.0` */
  covar_samp: ofTwoColumns("covar_samp"),
} as const;
