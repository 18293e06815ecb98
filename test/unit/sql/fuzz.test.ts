import fc from "fast-check";
import { expect, test } from "vitest";
import { InternalError, TindraError } from "../../../src/common/errors.ts";
import { parseExpression, parseSchema, parseStatement } from "../../../src/sql/parse.ts";
import { splitStatements } from "../../../src/sql/split-statements.ts";

const PIECES =
  "SELECT FROM WHERE GROUP BY HAVING ORDER LIMIT OFFSET UNION ALL EXCEPT INTERSECT WITH AS ON USING JOIN LEFT NATURAL CASE WHEN THEN ELSE END AND OR NOT IN LIKE BETWEEN IS NULL EXISTS CAST INTERVAL DAY DATE OVER PARTITION ROWS EXPLAIN SET VALUES TABLE EXTRACT TRIM ROLLUP a b t f 1 2.5 1e3 'x' `q` \"y\" ( ) , . * + - / :: -> => [ ] < > = <=> || ; ? :p /* */ /*+ --\n r'z' X '2020-01-01' ä 😀 #".split(
    " ",
  );
const MAX_MS = 1000;

/** Runs it, and fails on anything but an answer or a typed error in reasonable time. */
function endsWell(action: () => unknown): void {
  const start = performance.now();
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(TindraError);
    expect(error).not.toBeInstanceOf(InternalError);
    expect((error as TindraError).message).not.toBe("");
  }
  expect(performance.now() - start).toBeLessThan(MAX_MS);
}

function parseAll(text: string): void {
  endsWell(() => parseStatement(text));
  endsWell(() => parseExpression(text));
  endsWell(() => parseSchema(text));
  endsWell(() => splitStatements(text));
}

test("any string ends in a plan or a typed error", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), parseAll), { numRuns: 500 });
});

test("any row of pieces of SQL ends in a plan or a typed error", () => {
  const soup = fc
    .array(fc.constantFrom(...PIECES), { maxLength: 60 })
    .map((pieces) => pieces.join(" "));
  fc.assert(fc.property(soup, parseAll), { numRuns: 2000 });
});

const WHOLE =
  "WITH x AS (SELECT a, sum(b) OVER (PARTITION BY c ORDER BY d) FROM t JOIN u ON t.i = u.i WHERE e BETWEEN 1 AND 2 " +
  "GROUP BY ROLLUP(a) HAVING count(*) > 1) SELECT CASE WHEN a IS NULL THEN INTERVAL '1' DAY ELSE CAST(b AS MAP<INT, " +
  "ARRAY<STRING>>) END, f(x -> x + 1), 'it''s' FROM x, (VALUES (1, 2)) v(y, z) ORDER BY 1 NULLS LAST LIMIT 10";

test("a query with a hole, a swap or an insertion ends in a plan or a typed error", () => {
  const edit = fc.tuple(
    fc.nat({ max: WHOLE.length }),
    fc.nat({ max: 12 }),
    fc.constantFrom("", ...PIECES),
  );
  fc.assert(
    fc.property(edit, ([at, length, piece]) =>
      parseAll(WHOLE.slice(0, at) + piece + WHOLE.slice(at + length)),
    ),
    { numRuns: 1000 },
  );
});
