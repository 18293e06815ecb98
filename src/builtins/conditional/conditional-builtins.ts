import type { Builtin } from "../builtin.ts";
import { COALESCE, IFNULL, NVL } from "./coalesce.ts";
import { GREATEST, LEAST } from "./greatest-least.ts";
import { IF, NVL2 } from "./if.ts";
import { ISNAN, NANVL } from "./nan.ts";
import { NULLIF, NULLIFZERO, ZEROIFNULL } from "./nullif.ts";

/** All functions that choose among their arguments. */
export const CONDITIONAL_BUILTINS: readonly Builtin[] = [
  COALESCE,
  NVL,
  IFNULL,
  IF,
  NVL2,
  NULLIF,
  NULLIFZERO,
  ZEROIFNULL,
  ISNAN,
  NANVL,
  GREATEST,
  LEAST,
];
