import type { Builtin } from "../builtin.ts";
import { CONTAINS, ENDSWITH, STARTSWITH } from "./affix.ts";
import { CONCAT } from "./concat.ts";
import { BIT_LENGTH, LENGTH, OCTET_LENGTH } from "./length.ts";
import { ILIKE, LIKE } from "./like.ts";
import { CHARINDEX, INSTR, LOCATE, POSITION } from "./locate.ts";
import { LEFT, RIGHT, SUBSTR, SUBSTRING } from "./substring.ts";
import { BTRIM, LTRIM, RTRIM, TRIM } from "./trim.ts";
import { LOWER, UPPER } from "./upper-lower.ts";

/** Functions on text and bytes. */
export const STRING_BUILTINS: readonly Builtin[] = [
  BIT_LENGTH,
  BTRIM,
  CHARINDEX,
  CONCAT,
  CONTAINS,
  ENDSWITH,
  ILIKE,
  INSTR,
  LEFT,
  LENGTH,
  LIKE,
  LOCATE,
  LOWER,
  LTRIM,
  OCTET_LENGTH,
  POSITION,
  RIGHT,
  RTRIM,
  STARTSWITH,
  SUBSTR,
  SUBSTRING,
  TRIM,
  UPPER,
];
