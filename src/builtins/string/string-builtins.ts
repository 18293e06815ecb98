import type { Builtin } from "../builtin.ts";
import { CONTAINS, ENDSWITH, STARTSWITH } from "./affix.ts";
import { BASE64, UNBASE64 } from "./base64.ts";
import { ASCII, CHR } from "./character-code.ts";
import { DECODE, ENCODE } from "./charset.ts";
import { CONCAT } from "./concat.ts";
import { CONCAT_WS } from "./concat-ws.ts";
import { CRC32, MD5, SHA1, SHA2 } from "./digest.ts";
import { ELT } from "./elt.ts";
import { FIND_IN_SET } from "./find-in-set.ts";
import { FORMAT_NUMBER } from "./format-number.ts";
import { FORMAT_STRING } from "./format-string.ts";
import { INITCAP } from "./initcap.ts";
import { BIT_LENGTH, LENGTH, OCTET_LENGTH } from "./length.ts";
import { ILIKE, LIKE } from "./like.ts";
import { QUANTIFIED_LIKES } from "./like-quantified.ts";
import { LEVENSHTEIN, SOUNDEX } from "./likeness.ts";
import { INSTR, LOCATE, POSITION } from "./locate.ts";
import { LUHN_CHECK } from "./luhn-check.ts";
import { MASK } from "./mask.ts";
import { LPAD, RPAD } from "./pad.ts";
import { REPEAT, REVERSE, SPACE } from "./repeat.ts";
import { OVERLAY, REPLACE, TRANSLATE } from "./replace.ts";
import { SPLIT_PART, SUBSTRING_INDEX } from "./split-part.ts";
import { LEFT, RIGHT, SUBSTR, SUBSTRING } from "./substring.ts";
import { TO_BINARY, TRY_TO_BINARY } from "./to-binary.ts";
import { BTRIM, LTRIM, RTRIM, TRIM } from "./trim.ts";
import { LOWER, UPPER } from "./upper-lower.ts";

/** Functions on text and bytes. */
export const STRING_BUILTINS: readonly Builtin[] = [
  ASCII,
  BASE64,
  BIT_LENGTH,
  BTRIM,
  CHR,
  CONCAT,
  CONCAT_WS,
  CONTAINS,
  CRC32,
  DECODE,
  ELT,
  ENCODE,
  ENDSWITH,
  FIND_IN_SET,
  FORMAT_NUMBER,
  FORMAT_STRING,
  ILIKE,
  INITCAP,
  INSTR,
  LEFT,
  LENGTH,
  LEVENSHTEIN,
  LIKE,
  ...QUANTIFIED_LIKES,
  LOCATE,
  LOWER,
  LPAD,
  LTRIM,
  LUHN_CHECK,
  MASK,
  MD5,
  OCTET_LENGTH,
  OVERLAY,
  POSITION,
  REPEAT,
  REPLACE,
  REVERSE,
  RIGHT,
  RPAD,
  RTRIM,
  SHA1,
  SHA2,
  SOUNDEX,
  SPACE,
  SPLIT_PART,
  STARTSWITH,
  SUBSTR,
  SUBSTRING,
  SUBSTRING_INDEX,
  TO_BINARY,
  TRANSLATE,
  TRIM,
  TRY_TO_BINARY,
  UNBASE64,
  UPPER,
];
