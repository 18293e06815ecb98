import type { DataType, Field } from "../../src/columnar/data-type.ts";
import type { FileFacts } from "../../src/columnar/file-facts.ts";
import type { LiteralJson } from "../../src/columnar/literal-json.ts";

const MAX_DIGITS = 38;
const OPERATORS = ["=", "<", "<=", ">", ">=", "<=>", "<>"];

/** Where pruning by other means than bounds, or with none, could go wrong. */
const ALWAYS: readonly (readonly [DataType["kind"], string])[] = [
  ["double", "double('NaN')"],
  ["double", "-0.0D"],
  ["double", "double('Infinity')"],
  ["float", "float('NaN')"],
  ["float", "0.0F"],
  ["boolean", "true"],
  ["boolean", "false"],
  ["string", "'é'"],
  ["string", "''"],
  ["date", "DATE'1582-10-04'"],
  ["date", "DATE'1582-10-15'"],
  ["timestamp", "TIMESTAMP'1883-11-18 20:00:00Z'"],
  ["timestamp_ntz", "TIMESTAMP_NTZ'1999-12-31 00:00:00'"],
];

/**
 * Filters in SQL at the bounds of a file's columns and one step beside them, at most `most` for a column. `turn` chooses
 * which where there are more, so that files of the same columns together meet all.
 */
export function filtersAtBounds(facts: FileFacts, most: number, turn: number): string[] {
  return facts.fields.flatMap((column) => {
    if (!(column.type.kind in STEPS || ALWAYS.some(([kind]) => kind === column.type.kind)))
      return [`${column.name} IS NULL`, `${column.name} IS NOT NULL`];
    return filtersOf(column, facts, most, turn);
  });
}

function filtersOf(column: Field, facts: FileFacts, most: number, turn: number): string[] {
  const { name, type } = column;
  const bounds = facts.rowGroups.flatMap(({ columns }) => [columns[name]?.min, columns[name]?.max]);
  const constants = [
    ...ALWAYS.filter(([kind]) => kind === type.kind).map(([, text]) => text),
    ...bounds.flatMap((bound) => (bound == null ? [] : around(bound, type))),
  ];
  const all = [...new Set(constants)].flatMap((constant) => [
    ...OPERATORS.map((operator) => `${name} ${operator} ${constant}`),
    `${name} IN (${constant}, NULL)`,
    `NOT (${name} < ${constant})`,
    ...(type.kind === "string" ? [`${name} LIKE ${constant.slice(0, -1)}%'`] : []),
  ]);
  const step = Math.max(1, Math.ceil(all.length / most));
  const chosen = all.filter((_, i) => (i + turn) % step === 0);
  return [`${name} IS NULL`, `${name} IS NOT NULL`, ...chosen];
}

type Around = (bound: LiteralJson, type: DataType) => string[];

const integers: Around = (bound) => near(bound).map(String);
const bytes: Around = (bound) => {
  const hex = Buffer.from(String(bound), "base64").toString("hex");
  return [`X'${hex}'`, `X'${hex}00'`];
};

/** A bound and its neighbours, in SQL, by kind of type. */
const STEPS: { readonly [kind: string]: Around } = {
  byte: integers,
  short: integers,
  int: integers,
  long: (bound) => near(bound).map((value) => `${value}BD`),
  decimal: (bound, type) =>
    near(bound)
      .filter((value) => String(value).replace("-", "").length <= MAX_DIGITS)
      .map((value) => `${pointed(value, type.kind === "decimal" ? type.scale : 0)}BD`),
  float: (bound) => [`float('${bound}')`, `float('${Number(bound) / 2}')`],
  double: (bound) => [`double('${bound}')`, `double('${Number(bound) / 2}')`],
  date: (bound) => near(bound).map((value) => `date_from_unix_date(${value})`),
  timestamp: (bound) => near(bound).map((value) => `timestamp_micros(${value}L)`),
  timestamp_ntz: (bound) =>
    near(bound).map((value) => `CAST(timestamp_micros(${value}L) AS TIMESTAMP_NTZ)`),
  string: (bound) => [`'${bound}'`, `'${String(bound).slice(0, 1)}'`, `'${bound}!'`],
  binary: bytes,
  year_month_interval: (bound) =>
    near(bound).flatMap((value) => (fits(value, 32) ? [`INTERVAL '${value}' MONTH`] : [])),
  day_time_interval: (bound) =>
    near(bound).flatMap((value) =>
      fits(value, 64) ? [`INTERVAL '${pointed(value, 6)}' SECOND`] : [],
    ),
};

const around: Around = (bound, type) => STEPS[type.kind]?.(bound, type) ?? [];

const near = (bound: LiteralJson): bigint[] =>
  [-1n, 0n, 1n].map((step) => BigInt(String(bound)) + step);

const fits = (value: bigint, bits: number): boolean => BigInt.asIntN(bits, value) === value;

function pointed(unscaled: bigint, scale: number): string {
  const sign = unscaled < 0n ? "-" : "";
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  return scale === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-scale)}`;
}
