import type { Builtin } from "../../src/builtins/builtin.ts";

const FORMATS = [
  "'yyyy-MM-dd'",
  "'yyyy-MM-dd HH:mm:ss.SSS'",
  "'dd/MM/yy'",
  "'EEEE, MMM d'",
  "'D G QQQ'",
  "'hh:mm a'",
  "'yyyyMMdd'",
  "'yyyy-MM-dd''T''HH:mm:ssXXX'",
  "'VV z O'",
  "'qq L MMMM'",
  "'SSSSSS n'",
  "'YYYY-w'",
  "'[yyyy][MM]'",
];
const PARSED = [
  "'2020-02-29'",
  "'2020-02-30'",
  "'29/02/20'",
  "'20200229'",
  "'2020-02-29 10:11:12.345'",
  "'2020-02-29T10:11:12+02:00'",
  "'not a date'",
];
const FIELDS = [
  "'YEAR'",
  "'quarter'",
  "'MONTH'",
  "'week'",
  "'DAY'",
  "'DOY'",
  "'dow'",
  "'DOW_ISO'",
  "'HOUR'",
  "'MINUTE'",
  "'SECOND'",
  "'mins'",
  "'yearofweek'",
  "'nothing'",
];
const TRUNCATIONS = [
  "'YEAR'",
  "'yy'",
  "'QUARTER'",
  "'MONTH'",
  "'mon'",
  "'WEEK'",
  "'DAY'",
  "'HOUR'",
  "'MINUTE'",
  "'SECOND'",
  "'MILLISECOND'",
  "'microsecond'",
  "'century'",
];
const ZONES = [
  "'UTC'",
  "'America/Los_Angeles'",
  "'Asia/Kolkata'",
  "'Australia/Lord_Howe'",
  "'+05:30'",
  "'GMT-8'",
  "'PST'",
  "'Mars/Base'",
];
const REGEXPS = [
  "'a'",
  "'(\\\\w+)[ ,-](\\\\w+)'",
  "'[aeiou]+'",
  "'^$'",
  "'\\\\d+(\\\\.\\\\d+)?'",
  "'(?i)A'",
  "'\\\\p{L}'",
  "'(.)(.)'",
  "''",
  "'b|n'",
  "'(?<n>x)'",
  "'('",
];
const LIKES = ["'%a%'", "'a_c'", "'_'", "'%'", "''", "'\\\\%%'", "'app%'", "'%a'"];
const PARTS = ["','", "' '", "'a'", "''", "'-'", "'ana'"];
const CHARSETS = [
  "'UTF-8'",
  "'utf-16'",
  "'UTF-16LE'",
  "'ISO-8859-1'",
  "'US-ASCII'",
  "'windows-1252'",
];

const TIME_TEXTS = [PARSED, FORMATS];

/** Texts that make sense to a function, by the places of its arguments; the last list is for all places behind it too. */
const TEXTS: { readonly [name: string]: readonly (readonly string[])[] } = {
  date_format: [PARSED, FORMATS],
  from_unixtime: [[], FORMATS],
  to_date: TIME_TEXTS,
  try_to_date: TIME_TEXTS,
  to_timestamp: TIME_TEXTS,
  to_timestamp_ltz: TIME_TEXTS,
  to_timestamp_ntz: TIME_TEXTS,
  try_to_timestamp: TIME_TEXTS,
  to_unix_timestamp: TIME_TEXTS,
  unix_timestamp: TIME_TEXTS,
  date_part: [FIELDS, []],
  trunc: [[], TRUNCATIONS],
  date_trunc: [TRUNCATIONS, []],
  from_utc_timestamp: [[], ZONES],
  to_utc_timestamp: [[], ZONES],
  convert_timezone: [ZONES, ZONES, []],
  make_timestamp: [[], [], [], [], [], [], ZONES],
  make_timestamp_ltz: [[], [], [], [], [], [], ZONES],
  try_make_timestamp: [[], [], [], [], [], [], ZONES],
  next_day: [[], ["'MON'", "'tuesday'", "'Sa'", "'x'"]],
  rlike: [[], REGEXPS],
  regexp: [[], REGEXPS],
  regexp_like: [[], REGEXPS],
  regexp_count: [[], REGEXPS],
  regexp_extract: [[], REGEXPS],
  regexp_extract_all: [[], REGEXPS],
  regexp_instr: [[], REGEXPS],
  regexp_replace: [[], REGEXPS, ["'[$1]'", "'$0'", "'\\\\\\\\x'", "'-'"]],
  regexp_substr: [[], REGEXPS],
  split: [[], REGEXPS],
  like: [[], LIKES],
  ilike: [[], LIKES],
  split_part: [[], PARTS],
  substring_index: [[], PARTS],
  replace: [[], PARTS],
  translate: [[], ["'abc'", "'xy'", "''", "'aé日'"]],
  contains: [[], PARTS],
  startswith: [[], PARTS],
  endswith: [[], PARTS],
  instr: [[], PARTS],
  locate: [PARTS, []],
  position: [PARTS, []],
  find_in_set: [PARTS, ["'a,b,c'", "',,'"]],
  trim: [PARTS, []],
  ltrim: [PARTS, []],
  rtrim: [PARTS, []],
  btrim: [[], PARTS],
  lpad: [[], [], PARTS],
  rpad: [[], [], PARTS],
  concat_ws: [PARTS, []],
  encode: [[], CHARSETS],
  decode: [[], CHARSETS],
  to_binary: [[], ["'hex'", "'utf-8'", "'base64'", "'UTF8'", "'x'"]],
  try_to_binary: [[], ["'hex'", "'utf-8'", "'base64'", "'x'"]],
  format_string: [
    ["'%s-%s'", "'%d'", "'%5.2f|'", "'%x'", "'%-8s|'", "'%,d'", "'%e'", "'%b %c'", "'%%'"],
    [],
  ],
  format_number: [[], ["'#,###.00'", "'0.0'", "''"]],
  conv: [["'ff'", "'-10'", "'zz'", "'18446744073709551616'"], []],
  unhex: [["'4A4b'", "'F'", "'xyz'"]],
  unbase64: [["'YWJj'", "'YW Jj'", "'*'"]],
};

/** String constants that the argument of a builtin at a place is drawn of, written as SQL. */
export function textsFor(builtin: Builtin, place: number): readonly string[] {
  const lists = TEXTS[builtin.name] ?? [];
  return lists[Math.min(place, lists.length - 1)] ?? [];
}

/** The arguments of the calls in a builtin's examples, written as SQL. */
export function exampleArguments(builtin: Builtin): readonly (readonly string[])[] {
  return builtin.examples.flatMap(({ sql }) => {
    const start = sql.indexOf(`${builtin.name}(`);
    return start < 0 ? [] : [splitArguments(sql.slice(start + builtin.name.length + 1))];
  });
}

/** Texts between commas up to the closing parenthesis. */
function splitArguments(text: string): readonly string[] {
  const tokens = text.match(/'(?:[^'\\]|\\.)*'|[(),]|[^'(),]+/g) ?? [];
  const args = [""];
  let depth = 0;
  for (const token of tokens) {
    if (token === ")" && depth === 0) break;
    if (token === "(") depth++;
    if (token === ")") depth--;
    if (token === "," && depth === 0) args.push("");
    else args.push(`${args.pop() ?? ""}${token}`);
  }
  return args.map((arg) => arg.trim()).filter((arg) => arg !== "");
}
