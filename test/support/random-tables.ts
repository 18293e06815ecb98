import type { DuckDBConnection } from "@duckdb/node-api";
import fc from "fast-check";

/** A row of the random tables: key, small int, bigint, double, decimal, text, date, boolean. */
export type RandomRow = readonly [
  k: number | null,
  a: number | null,
  b: bigint | null,
  x: number | null,
  d: string | null,
  s: string | null,
  dt: string | null,
  f: boolean | null,
];

const orNull = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.option(values, { freq: 6, nil: null });

/** Keys are few and skewed; texts are short, often empty or equal, sometimes not ASCII. */
const row: fc.Arbitrary<RandomRow> = fc.tuple(
  orNull(fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, fc.integer({ min: 0, max: 12 }))),
  orNull(fc.oneof(fc.integer({ min: -50, max: 50 }), fc.constantFrom(-1000, 1000, 0))),
  orNull(
    fc.oneof(
      fc.bigInt({ min: -1000n, max: 1000n }),
      fc.constantFrom(2_000_000_000_000n, -2_000_000_000_000n),
    ),
  ),
  orNull(fc.integer({ min: -4000, max: 4000 }).map((n) => n / 4)),
  orNull(fc.integer({ min: -99999, max: 99999 }).map((n) => (n / 100).toFixed(2))),
  orNull(fc.constantFrom("", "a", "b", "ab", "abc", "Zebra", "x y", "ä", "日本", "a%b", "aa")),
  orNull(
    fc
      .integer({ min: 0, max: 20000 })
      .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10)),
  ),
  orNull(fc.boolean()),
);

export const randomRows: fc.Arbitrary<readonly RandomRow[]> = fc.array(row, {
  minLength: 0,
  maxLength: 120,
  size: "max",
});

/** Writes the rows as Parquet, as DuckDB does it. */
export async function writeParquet(
  connection: DuckDBConnection,
  rows: readonly RandomRow[],
  path: string,
): Promise<void> {
  const text = (value: string | null): string =>
    value === null ? "null" : `'${value.replaceAll("'", "''")}'`;
  const values = rows.map(
    ([k, a, b, x, d, s, dt, f]) => `(${k},${a},${b},${x},${text(d)},${text(s)},${text(dt)},${f})`,
  );
  const select = `select k::int k, a::int a, b::bigint b, x::double x, d::decimal(10,2) d, s::varchar s, dt::date dt, f::boolean f
    from (values ${[...values, "(null,null,null,null,null,null,null,null)"].join(",")}) t(k,a,b,x,d,s,dt,f) limit ${rows.length}`;
  await connection.run(`copy (${select}) to '${path}' (format parquet)`);
}
