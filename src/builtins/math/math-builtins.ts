import type { Builtin } from "../builtin.ts";
import {
  BIT_AND_OPERATOR,
  BIT_COUNT,
  BIT_GET,
  BIT_NOT_OPERATOR,
  BIT_OR_OPERATOR,
  BIT_XOR_OPERATOR,
  SHIFTS,
} from "./bitwise.ts";
import { CEIL, FLOOR } from "./ceil-floor.ts";
import {
  ATAN2,
  DOUBLE_FUNCTIONS,
  E,
  HYPOT,
  LOG,
  PI,
  POW,
  POWER,
  SQRT,
} from "./double-functions.ts";
import { FACTORIAL } from "./factorial.ts";
import { HASH, XXHASH64_FUNCTION } from "./hash.ts";
import { PMOD } from "./pmod.ts";
import { BIN, CONV, HEX, UNHEX } from "./radix.ts";
import { RAND, RANDN } from "./random.ts";
import { BROUND, ROUND } from "./round.ts";
import { ABS, SIGN, SIGNUM } from "./sign.ts";
import { WIDTH_BUCKET } from "./width-bucket.ts";

/** All functions of numbers, and hashes. */
export const MATH_BUILTINS: readonly Builtin[] = [
  ABS,
  SIGN,
  SIGNUM,
  ROUND,
  BROUND,
  CEIL,
  FLOOR,
  SQRT,
  ...DOUBLE_FUNCTIONS,
  POW,
  POWER,
  ATAN2,
  HYPOT,
  LOG,
  E,
  PI,
  PMOD,
  RAND,
  RANDN,
  HEX,
  UNHEX,
  BIN,
  CONV,
  FACTORIAL,
  WIDTH_BUCKET,
  BIT_AND_OPERATOR,
  BIT_OR_OPERATOR,
  BIT_XOR_OPERATOR,
  BIT_NOT_OPERATOR,
  ...SHIFTS,
  BIT_COUNT,
  BIT_GET,
  HASH,
  XXHASH64_FUNCTION,
];
