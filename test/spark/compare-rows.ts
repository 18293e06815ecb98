/** Functions whose last digits are V8's or of another order of summing than Java's and Spark's. */
const APPROXIMATE =
  /\b(exp|expm1|ln|log|log2|log10|log1p|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|atanh|cot|sec|csc|cbrt|pow|power|hypot|stddev\w*|std|var\w*|covar\w+|corr)\(/i;
const MAX_ULPS = 8;
const FLOATING = /-?\d+\.\d+(?:E-?\d+)?/g;
/** Lists that are in no order of their own: sets, and lists over several files. */
const BAGS = /collect_set\(|(?:collect_list|array_agg)\(.* FROM parts\b/;

/** Properties of a statement that decide how its rows are compared. */
export interface Comparison {
  readonly sql: string;
  readonly ordered: boolean;
}

/** Equal rows, cells tab-separated; unordered ones in any order. Floating numbers may be spelled in another way. */
export function sameRows(
  expected: readonly string[],
  got: readonly string[],
  { sql, ordered }: Comparison,
): boolean {
  if (expected.length !== got.length) return false;
  const arranged = (rows: readonly string[]): readonly string[] => {
    const texts = BAGS.test(sql) ? rows.map(sortedItems) : rows;
    return ordered ? texts : [...texts].sort();
  };
  const ulps = APPROXIMATE.test(sql) ? MAX_ULPS : 0;
  const theirs = arranged(expected);
  return arranged(got).every((row, i) => row === theirs[i] || isNear(row, theirs[i] ?? "", ulps));
}

const sortedItems = (row: string): string =>
  row
    .split(/[[\],\t]+/)
    .sort()
    .join(",");

/** The same text but for numbers, which are equal (Java before 19 writes some with more digits) or so many ulps apart. */
function isNear(a: string, b: string, ulps: number): boolean {
  if (a.replace(FLOATING, "#") !== b.replace(FLOATING, "#")) return false;
  const others = b.match(FLOATING) ?? [];
  return (a.match(FLOATING) ?? []).every((text, i) => {
    const [x, y] = [Number(text), Number(others[i])];
    return (
      x === y ||
      (Math.fround(x) === Math.fround(y) && isShort(text, others[i] ?? "")) ||
      Math.abs(x - y) <= Math.abs(x) * Number.EPSILON * ulps
    );
  });
}

/** Few enough digits to be of a float. */
const isShort = (...texts: readonly string[]): boolean =>
  texts.every((text) => text.replace(/E.*|\D/g, "").length <= 10);
