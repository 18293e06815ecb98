import type { Builtin } from "../builtin.ts";
import { ADD } from "./add.ts";
import { BETWEEN } from "./between.ts";
import { EQUAL, GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL } from "./comparison.ts";
import { DIVIDE } from "./divide.ts";
import { IN } from "./in.ts";
import { INTEGRAL_DIVIDE } from "./integral-divide.ts";
import { AND, NOT, OR } from "./logic.ts";
import { MULTIPLY } from "./multiply.ts";
import { NEGATIVE } from "./negative.ts";
import { NULL_SAFE_EQUAL } from "./null-safe-equal.ts";
import { IS_NOT_NULL, IS_NULL } from "./null-test.ts";
import { POSITIVE } from "./positive.ts";
import { MOD, REMAINDER } from "./remainder.ts";
import { SORT_MAP_ENTRIES } from "./sort-map-entries.ts";
import { SUBTRACT } from "./subtract.ts";
import { TRY_ARITHMETIC } from "./try-arithmetic.ts";

/** All operators. */
export const OPERATORS: readonly Builtin[] = [
  ADD,
  SUBTRACT,
  MULTIPLY,
  DIVIDE,
  REMAINDER,
  MOD,
  INTEGRAL_DIVIDE,
  NEGATIVE,
  POSITIVE,
  EQUAL,
  NULL_SAFE_EQUAL,
  LESS,
  LESS_OR_EQUAL,
  GREATER,
  GREATER_OR_EQUAL,
  AND,
  OR,
  NOT,
  IS_NULL,
  IS_NOT_NULL,
  IN,
  BETWEEN,
  SORT_MAP_ENTRIES,
  ...TRY_ARITHMETIC,
];
