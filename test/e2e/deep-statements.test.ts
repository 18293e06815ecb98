import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Session } from "../../src/index.ts";
import { expectTypedError } from "../support/typed-error.ts";

type Make = (depth: number) => string;

const around =
  (open: string, inner: string, close: string, from = ""): Make =>
  (depth) =>
    `SELECT ${open.repeat(depth)}${inner}${close.repeat(depth)}${from}`;

const ONE = " FROM VALUES (1) AS t(x)";

/** Kinds of nesting, each with a depth that is answered, and the answer. */
const NESTED: readonly (readonly [what: string, make: Make, works: number, answer: unknown])[] = [
  ["functions", around("abs(", "x", ")", ONE), 500, 1],
  ["subqueries", (n) => `${"SELECT * FROM (".repeat(n)}SELECT 1${")".repeat(n)}`, 400, 1],
  ["parentheses", around("(", "1", ")"), 1_000, 1],
  ["CASE", around("CASE WHEN x > 0 THEN ", "1", " END", ONE), 400, 1],
  ["casts", around("CAST(", "x", " AS INT)", ONE), 800, 1],
  ["NOT", around("NOT ", "x", "", " FROM VALUES (true) AS t(x)"), 1_000, true],
  ["minus", around("- ", "x", "", ONE), 800, 1],
  ["sums on the right", around("1 + (", "x", ")", ONE), 500, 501],
  ["+", around("1 + ", "x", "", ONE), 800, 801],
  ["||", around("'a' || ", "x", "", ONE), 800, `${"a".repeat(800)}1`],
  ["AND in parentheses", around("(true AND ", "x > 0", ")", ONE), 500, true],
  ["IS TRUE", (n) => `SELECT x${" = true".repeat(n)} FROM VALUES (true) AS t(x)`, 500, true],
];

describe("a statement", () => {
  let spark: Session;
  beforeAll(() => {
    spark = Session.local({ workers: 1 });
  });
  afterAll(() => spark.stop());

  test.each(NESTED)("with %s nested deep is answered", async (_what, make, works, answer) => {
    const row = await spark.sql(make(works)).first();
    expect(row === null ? null : Object.values(row)[0]).toBe(answer);
  });

  test.each(NESTED.flatMap(([what, make]) => [2_000, 20_000].map((n) => [n, what, make] as const)))(
    "with %d %s in each other ends in FAILED_TO_PARSE_TOO_COMPLEX",
    async (depth, _what, make) => {
      const error = await expectTypedError(async () => spark.sql(make(depth)).run());
      expect(error.condition).toBe("FAILED_TO_PARSE_TOO_COMPLEX");
      expect(error.sqlState).toBe("54001");
    },
  );

  test.each([
    ["AND", " AND x"],
    ["OR", " OR x"],
  ])(
    "with a chain of 3,000 %s is answered, since the chain is a balanced tree",
    async (_, link) => {
      const sql = `SELECT x${link.repeat(3_000)} AS c FROM VALUES (true) AS t(x)`;
      expect(await spark.sql(sql).first()).toEqual({ c: true });
    },
  );

  test("with a chain of 2,000 UNION ends in FAILED_TO_PARSE_TOO_COMPLEX", async () => {
    const sql = `SELECT 1${" UNION ALL SELECT 1".repeat(2_000)}`;
    const error = await expectTypedError(async () => spark.sql(sql).run());
    expect(error.condition).toBe("FAILED_TO_PARSE_TOO_COMPLEX");
  });

  test("says where in the text it became too deep to parse", async () => {
    const sql = around("abs(", "1", ")")(20_000);
    const error = await expectTypedError(async () => spark.sql(sql).run());
    expect(error.details).toMatchObject({ line: 1, column: expect.any(Number) });
  });

  test("of the DataFrame API that is too deep ends in FAILED_TO_PARSE_TOO_COMPLEX", async () => {
    let frame = spark.range(1);
    for (let i = 0; i < 20_000; i++) frame = frame.filter("id >= 0");
    const error = await expectTypedError(() => frame.count());
    expect(error.condition).toBe("FAILED_TO_PARSE_TOO_COMPLEX");
  });
});
