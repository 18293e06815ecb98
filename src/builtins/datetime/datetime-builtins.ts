import type { Builtin } from "../builtin.ts";
import {
  ADD_MONTHS,
  DATE_ADD,
  DATE_SUB,
  DATEDIFF,
  DAYNAME,
  LAST_DAY,
  MONTHNAME,
  NEXT_DAY,
} from "./date-arithmetic.ts";
import { DATE_PARTS } from "./date-parts.ts";
import { DATE_PART, EXTRACT } from "./extract.ts";
import { MONTHS_BETWEEN } from "./months-between.ts";
import { DATE_TRUNC, TRUNC } from "./trunc.ts";

/** Functions on dates, timestamps and intervals. */
export const DATETIME_BUILTINS: readonly Builtin[] = [
  ...DATE_PARTS,
  ADD_MONTHS,
  DATEDIFF,
  DATE_ADD,
  DATE_PART,
  DATE_SUB,
  DATE_TRUNC,
  DAYNAME,
  EXTRACT,
  LAST_DAY,
  MONTHNAME,
  MONTHS_BETWEEN,
  NEXT_DAY,
  TRUNC,
];
