import { AGGREGATE_FUNCTIONS } from "./functions/aggregate-functions.ts";
import { BASIC_FUNCTIONS } from "./functions/basic-functions.ts";
import { DATETIME_FUNCTIONS } from "./functions/datetime-functions.ts";
import { MATH_FUNCTIONS } from "./functions/math-functions.ts";
import { STRING_FUNCTIONS } from "./functions/string-functions.ts";
import { refuseUnsupported } from "./spark-api/refuse-unsupported.ts";

type Functions = typeof BASIC_FUNCTIONS &
  typeof AGGREGATE_FUNCTIONS &
  typeof STRING_FUNCTIONS &
  typeof MATH_FUNCTIONS &
  typeof DATETIME_FUNCTIONS;

/**
 * Spark's functions under their names. A string where a column is expected is a column's name; `callFunction` reaches
 * every builtin that has no function of its own here.
 */
export const functions: Functions = frozen({
  ...BASIC_FUNCTIONS,
  ...AGGREGATE_FUNCTIONS,
  ...STRING_FUNCTIONS,
  ...MATH_FUNCTIONS,
  ...DATETIME_FUNCTIONS,
});

function frozen<T extends object>(all: T): T {
  refuseUnsupported(all, "functions");
  return Object.freeze(all);
}
