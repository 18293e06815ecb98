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
  /** SQL: `upper('SparkSql')` → `SPARKSQL` */
  upper: ofOneColumn("upper"),
  /** SQL: `ucase('SparkSql')` → `SPARKSQL` */
  ucase: ofOneColumn("ucase"),
  /** SQL: `lower('SparkSql')` → `sparksql` */
  lower: ofOneColumn("lower"),
  /** SQL: `lcase('SparkSql')` → `sparksql` */
  lcase: ofOneColumn("lcase"),
  /** SQL: `initcap('sPark sql')` → `Spark Sql` */
  initcap: ofOneColumn("initcap"),
  /** SQL: `length('Spark SQL ')` → `10` */
  length: ofOneColumn("length"),
  /** SQL: `length('Spark SQL ')` → `10` */
  len: ofOneColumn("len"),
  /** SQL: `CHARACTER_LENGTH(123)` → `3` */
  character_length: ofOneColumn("character_length"),
  /** SQL: `char_length('héllo😀')` → `6` */
  char_length: ofOneColumn("char_length"),
  /** SQL: `octet_length('é')` → `2` */
  octet_length: ofOneColumn("octet_length"),
  /** SQL: `bit_length('Spark SQL')` → `72` */
  bit_length: ofOneColumn("bit_length"),
  /** SQL: `reverse('Spark SQL'), reverse('héy')` → `LQS krapS	yéh` */
  reverse: ofOneColumn("reverse"),
  /** SQL: `ascii(2)` → `50` */
  ascii: ofOneColumn("ascii"),
  /** SQL: `chr(65), char(321), chr(-1)` → `A	A	` */
  chr: ofOneColumn("chr"),
  /** SQL: `chr(65), char(321), chr(-1)` → `A	A	` */
  char: ofOneColumn("char"),
  /** SQL: `encode('abc', 'utf-8')` → `abc` */
  encode: (column: ColumnOrName, charset: Text): Column => call("encode", [column], [charset]),
  /** SQL: `decode(encode('abc', 'utf-8'), 'utf-8')` → `abc` */
  decode: (column: ColumnOrName, charset: Text): Column => call("decode", [column], [charset]),
  /** SQL: `to_binary('abc', 'utf-8'), to_binary('737472696E67')` → `abc	string` */
  to_binary: (column: ColumnOrName, format: Text): Column => call("to_binary", [column], [format]),
  /** SQL: `try_to_binary('a!', 'base64'), try_to_binary('YQ==', 'base64')` → `NULL	a` */
  try_to_binary: (column: ColumnOrName, format: Text): Column =>
    call("try_to_binary", [column], [format]),
  /** SQL: `base64('Spark SQL'), base64(x'ff')` → `U3BhcmsgU1FM	/w==` */
  base64: ofOneColumn("base64"),
  /** SQL: `unbase64('U3BhcmsgU1FM'), unbase64('YWI')` → `Spark SQL	ab` */
  unbase64: ofOneColumn("unbase64"),
  /** SQL: `hex(17)` → `11` */
  hex: ofOneColumn("hex"),
  /** SQL: `decode(unhex('537061726B2053514C'), 'UTF-8')` → `Spark SQL` */
  unhex: ofOneColumn("unhex"),
  /** SQL: `md5('Spark')` → `8cde774d6f7333752ed72cacddb05126` */
  md5: ofOneColumn("md5"),
  /** SQL: `sha1('Spark')` → `85f5955f4b27a9a4c2aab6ffe5d7189fc298b92c` */
  sha: ofOneColumn("sha"),
  /** SQL: `sha1('Spark')` → `85f5955f4b27a9a4c2aab6ffe5d7189fc298b92c` */
  sha1: ofOneColumn("sha1"),
  /** SQL: `sha2('Spark', 256)` → `529bc3b07127ecb7e53a4dcf1991d9152c24537d919178022b2c42657f79a26b` */
  sha2: (column: ColumnOrName, bits: Count): Column => call("sha2", [column], [bits]),
  /** SQL: `crc32('Spark')` → `1557323817` */
  crc32: ofOneColumn("crc32"),
  /** SQL: `trim('    SparkSQL   ')` → `SparkSQL` */
  trim: (column: ColumnOrName): Column => call("trim", [column]),
  /** SQL: `btrim('    SparkSQL   ')` → `SparkSQL` */
  btrim: trimmer("btrim"),
  /** SQL: `ltrim('    SparkSQL')` → `SparkSQL` */
  ltrim: (column: ColumnOrName): Column => call("ltrim", [column]),
  /** SQL: `rtrim('SparkSQL   ')` → `SparkSQL` */
  rtrim: (column: ColumnOrName): Column => call("rtrim", [column]),
  /** SQL: `lpad('hi', 5)` → `   hi` */
  lpad: padder("lpad"),
  /** SQL: `rpad('hi', 5, '??')` → `hi???` */
  rpad: padder("rpad"),
  /** SQL: `repeat('123', 2), repeat('a', -1)` → `123123	` */
  repeat: (column: ColumnOrName, times: Count): Column => call("repeat", [column], [times]),
  /** SQL: `left('Spark SQL', 3), left('abc', -1)` → `Spa	` */
  left: (column: ColumnOrName, length: Count): Column => call("left", [column], [length]),
  /** SQL: `right('Spark SQL', 3), right('abc', 0)` → `SQL	` */
  right: (column: ColumnOrName, length: Count): Column => call("right", [column], [length]),
  /** SQL: `substring('Spark SQL', 5)` → `k SQL` */
  substring,
  /** SQL: `substr('Spark SQL', 5)` → `k SQL` */
  substr: substring,
  /** SQL: `substring_index('www.apache.org', '.', 2)` → `www.apache` */
  substring_index: (column: ColumnOrName, delimiter: Text, times: Count): Column =>
    call("substring_index", [column], [delimiter, times]),
  /** SQL: `instr('SparkSQL', 'SQL')` → `6` */
  instr: (column: ColumnOrName, part: Text): Column => call("instr", [column], [part]),
  /** SQL: `locate('bar', 'foobarbar')` → `4` */
  locate: (part: Text, column: ColumnOrName, start: Count = 1): Column =>
    call("position", [], [part, ...asColumns(column), start]),
  /** SQL: `concat('Spark', 'SQL')` → `SparkSQL` */
  concat: ofSomeColumns("concat"),
  /** SQL: `concat_ws(' ', 'Spark', 'SQL')` → `Spark SQL` */
  concat_ws: (separator: Text, ...columns: readonly ColumnOrName[]): Column =>
    call("concat_ws", [], [separator, ...asColumns(...columns)]),
  /** SQL: `replace('ABCabc', 'abc', 'DEF')` → `ABCDEF` */
  replace: (column: ColumnOrName, search: Text, replacement: Text = ""): Column =>
    call("replace", [column], [search, replacement]),
  /** SQL: `translate('AaBbCc', 'abc', '123')` → `A1B2C3` */
  translate: (column: ColumnOrName, from: Text, to: Text): Column =>
    call("translate", [column], [from, to]),
  /** SQL: `overlay('Spark SQL', '_', 6)` → `Spark_SQL` */
  overlay: (column: ColumnOrName, text: Text, start: Count, length: Count = -1): Column =>
    call("overlay", [column], [text, start, length]),
  /** SQL: `split('oneAtwoBthreeC', '[ABC]')` → `["one","two","three",""]` */
  split: (column: ColumnOrName, pattern: Text, limit: Count = -1): Column =>
    call("split", [column], [pattern, limit]),
  /** SQL: `split_part('11.12.13', '.', 3)` → `13` */
  split_part: (column: ColumnOrName, delimiter: Text, part: Count): Column =>
    call("split_part", [column], [delimiter, part]),
  /** SQL: `startswith('Spark SQL', 'SQL')` → `false` */
  startswith: (column: ColumnOrName, prefix: Text): Column =>
    call("startswith", [column], [prefix]),
  /** SQL: `endswith('Spark SQL', 'SQL')` → `true` */
  endswith: (column: ColumnOrName, suffix: Text): Column => call("endswith", [column], [suffix]),
  /** SQL: `contains('Spark SQL', '')` → `true` */
  contains: (column: ColumnOrName, part: Text): Column => call("contains", [column], [part]),
  /** SQL: `like('Spark', '_park')` → `true` */
  like: (column: ColumnOrName, pattern: Text): Column => call("like", [column], [pattern]),
  /** SQL: `ilike('Spark', '_Park')` → `true` */
  ilike: (column: ColumnOrName, pattern: Text): Column => call("ilike", [column], [pattern]),
  /** SQL: `rlike('Spark SQL', 'S.*k'), 'abc' RLIKE '^b'` → `true	false` */
  rlike: (column: ColumnOrName, pattern: Text): Column => call("rlike", [column], [pattern]),
  /** SQL: `regexp_extract('100-200', r'(\d+)-(\d+)', 1)` → `100` */
  regexp_extract: regexpExtract,
  /** SQL: `regexp_replace('100-200', r'(\d+)', 'num')` → `num-num` */
  regexp_replace: regexpReplace,
  /** SQL: `regexp_like('Spark', '(?i)SPARK')` → `true` */
  regexp_like: (column: ColumnOrName, pattern: Text): Column =>
    call("regexp_like", [column], [pattern]),
  /** SQL: `regexp_count('abcdefghijklmnopqrstuvwxyz', '[a-z]{3}')` → `8` */
  regexp_count: (column: ColumnOrName, pattern: Text): Column =>
    call("regexp_count", [column], [pattern]),
  /** SQL: `regexp_instr('user@spark.apache.org', '@[^.]*')` → `5` */
  regexp_instr: (column: ColumnOrName, pattern: Text): Column =>
    call("regexp_instr", [column], [pattern]),
  /** SQL: `regexp_substr('Steven Jones and Stephen Smith are the best players', 'Ste(v|ph)en')` → `Steven` */
  regexp_substr: (column: ColumnOrName, pattern: Text): Column =>
    call("regexp_substr", [column], [pattern]),
  /** SQL: `regexp_extract_all('100-200, 300-400', r'(\d+)-(\d+)', 1)` → `["100","300"]` */
  regexp_extract_all: (column: ColumnOrName, pattern: Text, group: Count = 1): Column =>
    call("regexp_extract_all", [column], [pattern, group]),
  /** SQL: `elt(2, 'a', 1)` → `1` */
  elt: ofSomeColumns("elt"),
  /** SQL: `find_in_set('ab', 'abc,b,ab,c,def')` → `3` */
  find_in_set: (column: ColumnOrName, list: ColumnOrName): Column =>
    call("find_in_set", [column, list]),
  /** SQL: `format_number(12332.123456, 4)` → `12,332.1235` */
  format_number: (column: ColumnOrName, digits: Count | string): Column =>
    call("format_number", [column], [digits]),
  /** SQL: `format_string('Hello World %d %s', 100, 'days')` → `Hello World 100 days` */
  format_string: (format: Text, ...columns: readonly ColumnOrName[]): Column =>
    call("format_string", [], [format, ...asColumns(...columns)]),
  /** SQL: `luhn_check('8112189876'), luhn_check('79927398714')` → `true	false` */
  luhn_check: ofOneColumn("luhn_check"),
  /** SQL: `mask('abcd-EFGH-8765-4321')` → `xxxx-XXXX-nnnn-nnnn` */
  mask: ofOneColumn("mask"),
  /** SQL: `levenshtein('kitten', 'sitting')` → `3` */
  levenshtein: (column: ColumnOrName, other: ColumnOrName): Column =>
    call("levenshtein", [column, other]),
  /** SQL: `soundex('123'), soundex('Pfister')` → `123	P236` */
  soundex: ofOneColumn("soundex"),
} as const;

function asColumns(...columns: readonly ColumnOrName[]): readonly Operand[] {
  return columns.map(columnOf);
}
