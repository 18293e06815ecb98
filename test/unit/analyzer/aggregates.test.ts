import { describe, expect, it } from "vitest";
import { printPlan } from "../../../src/plan/print-plan.ts";
import { analyzeSql, catalogOf, errorOf, schemaOf } from "../../support/analysis.ts";

const catalog = catalogOf({ t: "a INT NOT NULL, b BIGINT NOT NULL, s STRING" });

const SCHEMAS: readonly (readonly [string, string])[] = [
  ["select a, count(*) from t group by A", "a:int,count(1):bigint"],
  [
    "select a + 1 as k, count(*) from t group by k having k > 1 order by k + 1",
    "k:int,count(1):bigint",
  ],
  ["select a, b from t group by 1, 2 order by 1 desc nulls last, 2", "a:int,b:bigint"],
  ["select s, sum(a), b + 1 from t group by all", "s:string,sum(a):bigint,(b + 1):bigint"],
  ["select b + 1 + a from t group by b + 1, a", "((b + 1) + a):bigint"],
  ["select sum(a) from t having sum(b) > 1", "sum(a):bigint"],
  ["select 1 from t having sum(a) > 1", "1:int"],
  ["select a from t group by a order by sum(b), max(a)", "a:int"],
  ["select a as x from t group by a having a > 1 order by a", "x:int"],
  ["select sum(a) as a from t group by a having a > 1", "a:bigint"],
  ["select sum(a) as s1, s1 + 1 as s2 from t", "s1:bigint,s2:bigint"],
  ["select 1 as k from t group by 'k'", "k:int"],
  ["select a z from t order by t.a", "z:int"],
  ["select a + 1 from t order by b, a + 1", "(a + 1):int"],
  ["select a x, b y from t order by all", "x:int,y:bigint"],
  ["select distinct a from t order by a + 1", "a:int"],
  ["select 3 as a, 2 as a from t order by a", "a:int,a:int"],
  ["select a, a, count(*) from t group by a", "a:int,a:int,count(1):bigint"],
];

describe("grouping, HAVING and ORDER BY find what Spark finds", () => {
  for (const [sql, schema] of SCHEMAS)
    it(`in ${sql}`, () => {
      expect(schemaOf(analyzeSql(sql, catalog))).toBe(`struct<${schema}>`);
    });

  it("adds what HAVING and ORDER BY need to the aggregate, and projects it away", () => {
    const plan = analyzeSql(
      "select a, count(*) as n from t group by a having max(b) > 1 order by min(b), n",
      catalog,
    );
    expect(printPlan(plan)).toBe(
      [
        "Project [a#1, n#4L]",
        "+- Sort [min(b#2L)#6L ASC NULLS FIRST, n#4L ASC NULLS FIRST], true",
        "   +- Filter (max(b#2L)#5L > cast(1 as bigint))",
        "      +- Aggregate [a#1], [a#1, count(1) AS n#4L, max(b#2L) AS max(b#2L)#5L, min(b#2L) AS min(b#2L)#6L]",
        "         +- SubqueryAlias t",
        "            +- Relation [a#1,b#2L,s#3] parquet",
      ].join("\n"),
    );
  });

  it("sorts by a column that the select list drops", () => {
    expect(printPlan(analyzeSql("select a from t order by b", catalog))).toBe(
      [
        "Project [a#1]",
        "+- Sort [b#2L ASC NULLS FIRST], true",
        "   +- Project [a#1, b#2L]",
        "      +- SubqueryAlias t",
        "         +- Relation [a#1,b#2L,s#3] parquet",
      ].join("\n"),
    );
  });

  it("uses an aggregate of the select list again instead of computing it twice", () => {
    const plan = analyzeSql("select a, sum(b) from t group by a order by sum(b)", catalog);
    expect(printPlan(plan)).toContain("Sort [sum(b)#4L ASC NULLS FIRST], true\n+- Aggregate");
  });
});

const ERRORS: readonly (readonly [string, string, string])[] = [
  [
    "select a, b from t group by a",
    "MISSING_AGGREGATION",
    'The non-aggregating expression "b" is based on columns which are not participating in the GROUP BY clause.',
  ],
  ["select a, sum(b) from t", "MISSING_GROUP_BY", "The query does not include a GROUP BY clause."],
  ["select a from t having a > 1", "MISSING_GROUP_BY", "Add GROUP BY"],
  ["select a as all, b from t group by all", "MISSING_AGGREGATION", '"b"'],
  [
    "select a + sum(b) from t group by all",
    "UNRESOLVED_ALL_IN_GROUP_BY",
    "Cannot infer grouping columns",
  ],
  [
    "select sum(sum(a)) from t",
    "NESTED_AGGREGATE_FUNCTION",
    "in the argument of another aggregate function",
  ],
  [
    "select a from t where count(a) > 1",
    "INVALID_WHERE_CONDITION",
    'The WHERE condition "(count(a) > 1)" contains invalid expressions: count(a).',
  ],
  ["select a from t group by sum(a)", "GROUP_BY_AGGREGATE", "but found sum(a)."],
  [
    "select a, sum(b) from t group by 2",
    "GROUP_BY_POS_AGGREGATE",
    "GROUP BY 2 refers to an expression",
  ],
  [
    "select a from t group by 5",
    "GROUP_BY_POS_OUT_OF_RANGE",
    "GROUP BY position 5 is not in select list (valid range is [1, 1]).",
  ],
  ["select * from t group by a, b, 1", "STAR_GROUP_BY_POS", "Star (*) is not allowed"],
  [
    "select a from t order by 5",
    "ORDER_BY_POS_OUT_OF_RANGE",
    "ORDER BY position 5 is not in select list (valid range is [1, 1]).",
  ],
  [
    "select a from t group by a having b > 1",
    "UNRESOLVED_COLUMN.WITH_SUGGESTION",
    "`b` cannot be resolved. Did you mean one of the following? [`a`].",
  ],
  ["select a from t group by a order by b", "UNRESOLVED_COLUMN.WITH_SUGGESTION", "[`a`]"],
  ["select distinct a from t order by b", "UNRESOLVED_COLUMN.WITH_SUGGESTION", "[`a`]"],
  ["select a x, b x from t order by x", "UNRESOLVED_COLUMN.WITH_SUGGESTION", "`x`"],
  ["select 1 as a, 2 as a from t group by b having a > 1", "AMBIGUOUS_REFERENCE", "`a`"],
  ["select a from t order by sum(a)", "UNSUPPORTED_EXPR_FOR_OPERATOR", '["sum(a)"]'],
  ["select * from t join t u on sum(t.a) > 1", "UNSUPPORTED_EXPR_FOR_OPERATOR", '["sum(a)"]'],
  [
    "select sum(a) filter (where a) from t",
    "INVALID_AGGREGATE_FILTER.NOT_BOOLEAN",
    'The FILTER expression "a"',
  ],
  [
    "select sum(a) filter (where sum(a) > 1) from t",
    "INVALID_AGGREGATE_FILTER.CONTAINS_AGGREGATE",
    '"sum(a)"',
  ],
];

describe("a wrong aggregation is an error with Spark's condition", () => {
  for (const [sql, condition, text] of ERRORS)
    it(`in ${sql}`, () => {
      const error = errorOf(() => analyzeSql(sql, catalog));
      expect(error.condition).toBe(condition);
      expect(error.message).toContain(text);
    });
});
