import type { Column, Operand } from "../column.ts";
import { type ColumnOrName, call, columnOf, ofOneColumn, ofSomeColumns } from "./call-function.ts";

type Text = Column | string;
type Count = Column | number;

/** Removes blanks, or any of `characters`. SQL takes the characters first. */
const trimmer =
  (name: string) =>
  (column: ColumnOrName, characters?: Text): Column =>
    characters === undefined ? call(name, [column]) : call(name, [column], [characters]);

const padder =
  (name: string) =>
  (column: ColumnOrName, length: Count, fill: Text): Column =>
    call(name, [column], [length, fill]);

const regexpExtract = (column: ColumnOrName, pattern: Text, group: Count = 1): Column =>
  call("regexp_extract", [column], [pattern, group]);
const regexpReplace = (column: ColumnOrName, pattern: Text, replacement: Text): Column =>
  call("regexp_replace", [column], [pattern, replacement]);
const substring = (column: ColumnOrName, start: Count, length: Count): Column =>
  call("substring", [column], [start, length]);

/** Functions of text. Other arguments than the first are constants, or columns where given as such. */
export const STRING_FUNCTIONS = {
  upper: ofOneColumn("upper"),
  ucase: ofOneColumn("ucase"),
  lower: ofOneColumn("lower"),
  lcase: ofOneColumn("lcase"),
  initcap: ofOneColumn("initcap"),
  length: ofOneColumn("length"),
  len: ofOneColumn("len"),
  character_length: ofOneColumn("character_length"),
  char_length: ofOneColumn("char_length"),
  octet_length: ofOneColumn("octet_length"),
  bit_length: ofOneColumn("bit_length"),
  reverse: ofOneColumn("reverse"),
  ascii: ofOneColumn("ascii"),
  chr: ofOneColumn("chr"),
  char: ofOneColumn("char"),
  encode: (column: ColumnOrName, charset: Text): Column => call("encode", [column], [charset]),
  decode: (column: ColumnOrName, charset: Text): Column => call("decode", [column], [charset]),
  to_binary: (column: ColumnOrName, format: Text): Column => call("to_binary", [column], [format]),
  try_to_binary: (column: ColumnOrName, format: Text): Column =>
    call("try_to_binary", [column], [format]),
  base64: ofOneColumn("base64"),
  unbase64: ofOneColumn("unbase64"),
  hex: ofOneColumn("hex"),
  unhex: ofOneColumn("unhex"),
  md5: ofOneColumn("md5"),
  sha: ofOneColumn("sha"),
  sha1: ofOneColumn("sha1"),
  sha2: (column: ColumnOrName, bits: Count): Column => call("sha2", [column], [bits]),
  crc32: ofOneColumn("crc32"),
  trim: (column: ColumnOrName): Column => call("trim", [column]),
  btrim: trimmer("btrim"),
  ltrim: (column: ColumnOrName): Column => call("ltrim", [column]),
  rtrim: (column: ColumnOrName): Column => call("rtrim", [column]),
  lpad: padder("lpad"),
  rpad: padder("rpad"),
  repeat: (column: ColumnOrName, times: Count): Column => call("repeat", [column], [times]),
  left: (column: ColumnOrName, length: Count): Column => call("left", [column], [length]),
  right: (column: ColumnOrName, length: Count): Column => call("right", [column], [length]),
  substring,
  substr: substring,
  substring_index: (column: ColumnOrName, delimiter: Text, times: Count): Column =>
    call("substring_index", [column], [delimiter, times]),
  instr: (column: ColumnOrName, part: Text): Column => call("instr", [column], [part]),
  locate: (part: Text, column: ColumnOrName, start: Count = 1): Column =>
    call("position", [], [part, ...asColumns(column), start]),
  concat: ofSomeColumns("concat"),
  concat_ws: (separator: Text, ...columns: readonly ColumnOrName[]): Column =>
    call("concat_ws", [], [separator, ...asColumns(...columns)]),
  replace: (column: ColumnOrName, search: Text, replacement: Text = ""): Column =>
    call("replace", [column], [search, replacement]),
  translate: (column: ColumnOrName, from: Text, to: Text): Column =>
    call("translate", [column], [from, to]),
  overlay: (column: ColumnOrName, text: Text, start: Count, length: Count = -1): Column =>
    call("overlay", [column], [text, start, length]),
  split: (column: ColumnOrName, pattern: Text, limit: Count = -1): Column =>
    call("split", [column], [pattern, limit]),
  split_part: (column: ColumnOrName, delimiter: Text, part: Count): Column =>
    call("split_part", [column], [delimiter, part]),
  startswith: (column: ColumnOrName, prefix: Text): Column =>
    call("startswith", [column], [prefix]),
  endswith: (column: ColumnOrName, suffix: Text): Column => call("endswith", [column], [suffix]),
  contains: (column: ColumnOrName, part: Text): Column => call("contains", [column], [part]),
  like: (column: ColumnOrName, pattern: Text): Column => call("like", [column], [pattern]),
  ilike: (column: ColumnOrName, pattern: Text): Column => call("ilike", [column], [pattern]),
  rlike: (column: ColumnOrName, pattern: Text): Column => call("rlike", [column], [pattern]),
  regexp_extract: regexpExtract,
  regexp_replace: regexpReplace,
  regexp_like: (column: ColumnOrName, pattern: Text): Column =>
    call("regexp_like", [column], [pattern]),
  regexp_count: (column: ColumnOrName, pattern: Text): Column =>
    call("regexp_count", [column], [pattern]),
  regexp_instr: (column: ColumnOrName, pattern: Text): Column =>
    call("regexp_instr", [column], [pattern]),
  regexp_substr: (column: ColumnOrName, pattern: Text): Column =>
    call("regexp_substr", [column], [pattern]),
  regexp_extract_all: (column: ColumnOrName, pattern: Text, group: Count = 1): Column =>
    call("regexp_extract_all", [column], [pattern, group]),
  elt: ofSomeColumns("elt"),
  find_in_set: (column: ColumnOrName, list: ColumnOrName): Column =>
    call("find_in_set", [column, list]),
  format_number: (column: ColumnOrName, digits: Count | string): Column =>
    call("format_number", [column], [digits]),
  format_string: (format: Text, ...columns: readonly ColumnOrName[]): Column =>
    call("format_string", [], [format, ...asColumns(...columns)]),
  luhn_check: ofOneColumn("luhn_check"),
  mask: ofOneColumn("mask"),
  levenshtein: (column: ColumnOrName, other: ColumnOrName): Column =>
    call("levenshtein", [column, other]),
  soundex: ofOneColumn("soundex"),
} as const;

function asColumns(...columns: readonly ColumnOrName[]): readonly Operand[] {
  return columns.map(columnOf);
}
