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
  count,
  countDistinct,
  count_distinct: countDistinct,
  count_if: ofOneColumn("count_if"),
  sum: ofOneColumn("sum"),
  sumDistinct,
  sum_distinct: sumDistinct,
  avg: ofOneColumn("avg"),
  mean,
  min: ofOneColumn("min"),
  max: ofOneColumn("max"),
  first,
  first_value: ofOneOrder("first_value"),
  last,
  last_value: ofOneOrder("last_value"),
  any_value: ofOneOrder("any_value"),
  bool_and: ofOneColumn("bool_and"),
  every: ofOneColumn("every"),
  bool_or: ofOneColumn("bool_or"),
  some: ofOneColumn("some"),
  any: ofOneColumn("any"),
  bit_and: ofOneColumn("bit_and"),
  bit_or: ofOneColumn("bit_or"),
  bit_xor: ofOneColumn("bit_xor"),
  mode: ofOneColumn("mode"),
  median: ofOneColumn("median"),
  percentile: (column: ColumnOrName, fraction: number): Column =>
    call("percentile", [column], [fraction]),
  array_agg: ofOneColumn("array_agg"),
  std: ofOneColumn("std"),
  stddev: ofOneColumn("stddev"),
  stddev_samp: ofOneColumn("stddev_samp"),
  stddev_pop: ofOneColumn("stddev_pop"),
  variance: ofOneColumn("variance"),
  var_samp: ofOneColumn("var_samp"),
  var_pop: ofOneColumn("var_pop"),
  collect_list: ofOneColumn("collect_list"),
  collect_set: ofOneColumn("collect_set"),
  approx_count_distinct: approxCountDistinct,
  max_by: ofTwoColumns("max_by"),
  min_by: ofTwoColumns("min_by"),
  corr: ofTwoColumns("corr"),
  covar_pop: ofTwoColumns("covar_pop"),
  covar_samp: ofTwoColumns("covar_samp"),
} as const;
