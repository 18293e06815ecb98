import { describe, expect, it } from "vitest";
import { planOutput } from "../../../src/plan/plan-output.ts";
import { analyzeSql, catalogOf, errorOf, queryOf, schemaOf } from "../../support/analysis.ts";

const catalog = catalogOf(
  {
    t: "a INT NOT NULL, b BIGINT NOT NULL, s STRING, st STRUCT<f: INT, g: STRING>",
    u: "a INT NOT NULL, z STRING",
  },
  { v: queryOf("select a as x, s from t where b > 1") },
);

const SCHEMAS: readonly (readonly [string, string])[] = [
  ["select * from t", "a:int,b:bigint,s:string,st:struct<f:int,g:string>"],
  ["select t.*, A from t", "a:int,b:bigint,s:string,st:struct<f:int,g:string>,A:int"],
  ["select * except (st, B) from t", "a:int,s:string"],
  ["select q.* from t, (select 2 a) q", "a:int"],
  ["select x.a from t as x", "a:int"],
  ["select * from (select a, s from t) q(i, j)", "i:int,j:string"],
  ["select * from v", "x:int,s:string"],
  ["select v.X from v", "X:int"],
  ["select l.a, r.a as ra from t l join t r on l.a = r.b", "a:int,ra:int"],
  ["select * from u l join u r on l.a = r.a", "a:int,z:string,a:int,z:string"],
  [
    "select * from t join u using (a)",
    "a:int,b:bigint,s:string,st:struct<f:int,g:string>,z:string",
  ],
  ["select * from u natural join t", "a:int,z:string,b:bigint,s:string,st:struct<f:int,g:string>"],
  ["select a, t.a, u.a from t join u using (a)", "a:int,a:int,a:int"],
  ["select t.a, u.a, a from t full join u using (a)", "a:int,a:int,a:int"],
  ["select a from t left semi join u using (a)", "a:int"],
  ["with c as (select 1 as n), d as (select n + 1 as m from c) select * from c, d", "n:int,m:int"],
  [
    "with c as (select 1 as n) select * from (with c as (select 'x' as p) select * from c)",
    "p:string",
  ],
  ["with c(i, j) as (select a, s from t) select J, i from c", "J:string,i:int"],
  ["with t as (select 1 as one) select * from t", "one:int"],
  ["select a + 1 as x, x * 2 as y, y + x as w from t", "x:int,y:int,w:int"],
  ["select a as b, b from t", "b:int,b:bigint"],
  ["select * from values (1, 'a'), (2L, null) as w(i, j)", "i:bigint,j:string"],
  ["select * from range(10)", "id:bigint"],
  ["select a from t union all select b from t", "a:bigint"],
  ["select a from t intersect select b from t", "a:bigint"],
  ["select a, a from t", "a:int,a:int"],
];

describe("names are resolved with Spark's scoping", () => {
  for (const [sql, schema] of SCHEMAS)
    it(`in ${sql}`, () => {
      expect(schemaOf(analyzeSql(sql, catalog))).toBe(`struct<${schema}>`);
    });

  it("gives the two sides of a self join ids of their own", () => {
    const ids = planOutput(analyzeSql("select * from u x, u y", catalog)).map((a) => a.id);
    expect(new Set(ids).size).toBe(4);
  });

  it("makes the merged key of a full USING join null only where both sides are", () => {
    const [key] = planOutput(analyzeSql("select a from t full join u using (a)", catalog));
    expect(key?.nullable).toBe(true);
    const [inner] = planOutput(analyzeSql("select a from t join u using (a)", catalog));
    expect(inner?.nullable).toBe(false);
  });

  it("makes the right side of a left join nullable", () => {
    const plan = analyzeSql("select t.a, u.a from t left join u on t.a = u.a", catalog);
    expect(planOutput(plan).map((a) => a.nullable)).toEqual([false, true]);
  });

  it("computes an alias that later items use once, in a projection below", () => {
    const plan = analyzeSql("select a + 1 as r, r + r as twice from t", catalog);
    expect(plan.kind === "project" && plan.child.kind).toBe("project");
  });
});

/** Queries, the condition of their error, its place, and a piece of its message. */
const ERRORS: readonly (readonly [string, string, string | null, string])[] = [
  [
    "select nmae from t",
    "UNRESOLVED_COLUMN.WITH_SUGGESTION",
    "1:8",
    "with name `nmae` cannot be resolved. Did you mean one of the following? [`a`, `b`, `s`, `st`].",
  ],
  [
    "select q.a from t",
    "UNRESOLVED_COLUMN.WITH_SUGGESTION",
    "1:8",
    "`q`.`a` cannot be resolved. Did you mean one of the following? [`t`.`a`, ",
  ],
  ["select 1\nfrom t\nwhere x = 1", "UNRESOLVED_COLUMN.WITH_SUGGESTION", "3:7", "`x`"],
  ["select x", "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION", "1:8", "`x` cannot be resolved."],
  [
    "select a from t, u",
    "AMBIGUOUS_REFERENCE",
    "1:8",
    "Reference `a` is ambiguous, could be: [`t`.`a`, `u`.`a`].",
  ],
  ["select * from t, u where a = 1", "AMBIGUOUS_REFERENCE", "1:26", "[`t`.`a`, `u`.`a`]"],
  [
    "select u.a from t left semi join u on t.a = u.a",
    "UNRESOLVED_COLUMN.WITH_SUGGESTION",
    "1:8",
    "`u`.`a`",
  ],
  [
    "select * from nope",
    "TABLE_OR_VIEW_NOT_FOUND",
    "1:15",
    "The table or view `nope` cannot be found.",
  ],
  ["select * from tt", "TABLE_OR_VIEW_NOT_FOUND", "1:15", "Did you mean `t`?"],
  [
    "select nope.* from t",
    "CANNOT_RESOLVE_STAR_EXPAND",
    "1:8",
    "Cannot resolve `nope`.* given input columns `a`, `b`, `s`, `st`.",
  ],
  ["select * except (zz) from t", "UNRESOLVED_COLUMN.WITH_SUGGESTION", "1:8", "`zz`"],
  [
    "select a.b from t",
    "INVALID_EXTRACT_BASE_FIELD_TYPE",
    "1:8",
    'Can\'t extract a value from "a". Need a complex type [STRUCT, ARRAY, MAP] but got "INT".',
  ],
  ["select st.nope from t", "FIELD_NOT_FOUND", "1:8", "No such struct field `nope` in `f`, `g`."],
  [
    "select * from t join u using (z)",
    "UNRESOLVED_USING_COLUMN_FOR_JOIN",
    "1:17",
    "USING column `z` cannot be resolved on the left side of the join. The left-side columns: [`a`, `b`, `s`, `st`].",
  ],
  [
    "select * from t join u on t.a",
    "JOIN_CONDITION_IS_NOT_BOOLEAN_TYPE",
    "1:27",
    'The join condition "a" has the invalid type "INT", expected "BOOLEAN".',
  ],
  [
    "select * from (select 1, 2) q(a)",
    "ASSIGNMENT_ARITY_MISMATCH",
    "1:29",
    "aliased: 2 does not match the number of source expressions: 1.",
  ],
  ["with x as (select 1), X as (select 2) select * from x", "DUPLICATED_CTE_NAMES", "1:23", "`X`"],
  [
    "with r as (select nope from t) select 1",
    "UNRESOLVED_COLUMN.WITH_SUGGESTION",
    "1:19",
    "`nope`",
  ],
  [
    "select a, s from t union select a from t",
    "NUM_COLUMNS_MISMATCH",
    "1:20",
    "the first input has 2 columns and the second input has 1 columns.",
  ],
  [
    "select a from t union select st from t",
    "INCOMPATIBLE_COLUMN_TYPE",
    "1:17",
    'The first column of the second table is "STRUCT<f: INT, g: STRING>" type which is not compatible with "INT"',
  ],
  [
    "select a as x, b as x, x from t",
    "AMBIGUOUS_LATERAL_COLUMN_ALIAS",
    "1:24",
    "`x` is ambiguous and has 2 matches.",
  ],
  ["select * from values (1), (x)", "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION", "1:28", "`x`"],
  [
    "select * from values (1), (interval 1 day)",
    "INVALID_INLINE_TABLE.INCOMPATIBLE_TYPES_IN_INLINE_TABLE",
    "1:15",
    "column `col1`",
  ],
];

describe("a name that means nothing, or several things, is an error that says where and what would be right", () => {
  for (const [sql, condition, place, text] of ERRORS)
    it(`in ${sql.replaceAll("\n", " ")}`, () => {
      const error = errorOf(() => analyzeSql(sql, catalog));
      const { line, column } = error.details;
      expect(error.condition).toBe(condition);
      expect(line === undefined ? null : `${line}:${column}`).toBe(place);
      expect(error.message).toContain(text);
      expect(error.sqlState).toMatch(/^[0-9A-Z]{5}$/);
    });
});
