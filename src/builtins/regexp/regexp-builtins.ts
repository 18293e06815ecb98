import type { Builtin } from "../builtin.ts";
import {
  REGEXP_COUNT,
  REGEXP_EXTRACT,
  REGEXP_EXTRACT_ALL,
  REGEXP_INSTR,
  REGEXP_SUBSTR,
} from "./regexp-extract.ts";
import { REGEXP_REPLACE } from "./regexp-replace.ts";
import { REGEXP, REGEXP_LIKE, RLIKE } from "./rlike.ts";
import { SPLIT } from "./split.ts";

/** Functions on regular expressions of Java. */
export const REGEXP_BUILTINS: readonly Builtin[] = [
  REGEXP,
  REGEXP_COUNT,
  REGEXP_EXTRACT,
  REGEXP_EXTRACT_ALL,
  REGEXP_INSTR,
  REGEXP_LIKE,
  REGEXP_REPLACE,
  REGEXP_SUBSTR,
  RLIKE,
  SPLIT,
];
