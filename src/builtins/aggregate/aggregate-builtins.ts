import type { Builtin } from "../builtin.ts";
import { APPROX_COUNT_DISTINCT } from "./approx-count-distinct.ts";
import { AVG } from "./avg.ts";
import { BIT_AND, BIT_OR, BIT_XOR } from "./bit-aggregates.ts";
import { ANY, BOOL_AND, BOOL_OR, COUNT_IF, EVERY, SOME } from "./boolean-aggregates.ts";
import { COLLECT_LIST, COLLECT_SET } from "./collect.ts";
import { COUNT } from "./count.ts";
import { CORR, COVAR_POP, COVAR_SAMP } from "./covariance.ts";
import { MAX, MIN } from "./extreme.ts";
import { MAX_BY, MIN_BY } from "./extreme-by.ts";
import { ANY_VALUE, FIRST, FIRST_VALUE, LAST, LAST_VALUE } from "./first-last.ts";
import { MODE } from "./mode.ts";
import { STD, STDDEV, STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP, VARIANCE } from "./moments.ts";
import { MEDIAN, PERCENTILE } from "./percentile.ts";
import { SUM } from "./sum.ts";
import { TRY_AGGREGATES } from "./try-aggregates.ts";

/** All aggregate functions. */
export const AGGREGATE_BUILTINS: readonly Builtin[] = [
  COUNT,
  SUM,
  ...TRY_AGGREGATES,
  AVG,
  MIN,
  MAX,
  FIRST,
  FIRST_VALUE,
  ANY_VALUE,
  LAST,
  LAST_VALUE,
  STDDEV,
  STD,
  STDDEV_SAMP,
  STDDEV_POP,
  VARIANCE,
  VAR_SAMP,
  VAR_POP,
  COVAR_POP,
  COVAR_SAMP,
  CORR,
  BOOL_AND,
  EVERY,
  BOOL_OR,
  SOME,
  ANY,
  COUNT_IF,
  BIT_AND,
  BIT_OR,
  BIT_XOR,
  MAX_BY,
  MIN_BY,
  APPROX_COUNT_DISTINCT,
  COLLECT_LIST,
  COLLECT_SET,
  MEDIAN,
  PERCENTILE,
  MODE,
];
