import { AGGREGATE_FUNCTIONS } from "./functions/aggregate-functions.ts";
import { BASIC_FUNCTIONS } from "./functions/basic-functions.ts";
import { DATETIME_FUNCTIONS } from "./functions/datetime-functions.ts";
import { MATH_FUNCTIONS } from "./functions/math-functions.ts";
import { STRING_FUNCTIONS } from "./functions/string-functions.ts";

/**
 * Spark's functions under their names. A string where a column is expected is a column's name; `callFunction` reaches
 * every builtin that has no function of its own here.
 */
export const functions = Object.freeze({
  ...BASIC_FUNCTIONS,
  ...AGGREGATE_FUNCTIONS,
  ...STRING_FUNCTIONS,
  ...MATH_FUNCTIONS,
  ...DATETIME_FUNCTIONS,
});
