/** How a call that is not `name(a, b)` is written, by the name of its builtin. */
type Writer = (args: readonly string[]) => string;

const between =
  (operator: string): Writer =>
  (args) => {
    const [a = "NULL", b] = args;
    return b === undefined ? `(${operator} ${a})` : `(${a} ${operator} ${b})`;
  };
const before =
  (operator: string): Writer =>
  ([a = "NULL"]) =>
    `(${operator} ${a})`;
const unitCall =
  (name: string): Writer =>
  ([unit = "''", ...rest]) =>
    `${name}(${unit.slice(1, -1)}, ${rest.join(", ")})`;

const WRITERS: ReadonlyMap<string, Writer> = new Map<string, Writer>([
  ..."+ - * / % div = == <=> < <= > >= and or & | ^ || << >> >>> rlike like ilike"
    .split(" ")
    .map((operator) => [operator, between(operator.toUpperCase())] as const),
  ["not", before("NOT")],
  ["!", before("!")],
  ["~", before("~")],
  ["unary -", before("-")],
  ["in", ([a = "NULL", ...list]) => `(${a} IN (${list.join(", ")}))`],
  ["between", ([a = "NULL", low = "NULL", high = "NULL"]) => `(${a} BETWEEN ${low} AND ${high})`],
  ["timestampadd", unitCall("timestampadd")],
  ["timestampdiff", unitCall("timestampdiff")],
  ["extract", ([field = "''", source = "NULL"]) => `extract(${field.slice(1, -1)} FROM ${source})`],
]);

/** The first argument of these is a word and no expression. */
export const TAKES_A_WORD: ReadonlyMap<string, readonly string[]> = new Map([
  [
    "timestampadd",
    "YEAR QUARTER MONTH WEEK DAY DAYOFYEAR HOUR MINUTE SECOND MILLISECOND MICROSECOND".split(" "),
  ],
  [
    "timestampdiff",
    "YEAR QUARTER MONTH WEEK DAY HOUR MINUTE SECOND MILLISECOND MICROSECOND".split(" "),
  ],
  [
    "extract",
    "YEAR QUARTER MONTH WEEK DAY DOY DOW DOW_ISO HOUR MINUTE SECOND YEAROFWEEK".split(" "),
  ],
]);

/** A call of a builtin under one of its names, as SQL. */
export function writeCall(name: string, args: readonly string[]): string {
  const writer = WRITERS.get(name);
  if (writer !== undefined) return writer(args);
  if (/^\w+$/.test(name)) return `${name}(${args.join(", ")})`;
  throw new TypeError(`write-call.ts has no form for the operator ${name}`);
}
