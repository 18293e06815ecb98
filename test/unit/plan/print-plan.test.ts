import { expect, it } from "vitest";
import { printPlan } from "../../../src/plan/print-plan.ts";
import { analyzeSql, catalogOf, queryOf } from "../../support/analysis.ts";

const catalog = catalogOf({ t: "a INT NOT NULL, b BIGINT NOT NULL, s STRING" });
const lines = (sql: string): readonly string[] => printPlan(analyzeSql(sql, catalog)).split("\n");

it("prints a parsed plan with its unresolved names", () => {
  expect(
    printPlan(queryOf("select a, b + 1 as x from t n where a >= 2 order by x desc limit 3")),
  ).toBe(
    [
      "GlobalLimit 3",
      "+- LocalLimit 3",
      "   +- Sort ['x DESC NULLS LAST], true",
      "      +- Project ['a, ('b + 1) AS x#0]",
      "         +- Filter ('a >= 2)",
      "            +- SubqueryAlias n",
      "               +- 'UnresolvedRelation [t], [], false",
    ].join("\n"),
  );
});

it("draws the branches of joins and set operations", () => {
  expect(lines("select x.a from t x left join t y on x.a = y.a union all select a from t")).toEqual(
    [
      "Union false, false",
      ":- Project [a#1]",
      ":  +- Join LeftOuter, (a#1 = a#4)",
      ":     :- SubqueryAlias x",
      ":     :  +- SubqueryAlias t",
      ":     :     +- Relation [a#1,b#2L,s#3] parquet",
      ":     +- SubqueryAlias y",
      ":        +- SubqueryAlias t",
      ":           +- Relation [a#4,b#5L,s#6] parquet",
      "+- Project [a#7]",
      "   +- SubqueryAlias t",
      "      +- Relation [a#7,b#8L,s#9] parquet",
    ],
  );
});

it("prints sources without files", () => {
  expect(lines("select 1")).toEqual(["Project [1 AS 1#1]", "+- OneRowRelation"]);
  expect(lines("select * from range(2, 10)")[1]).toBe("+- Range (2, 10, step=1)");
  expect(lines("values (1, 'x'), (2, null)")).toEqual([
    "LocalRelation [col1#1, col2#2], [[1,x],[2,null]]",
  ]);
});

it("shortens long lists of columns", () => {
  const items = Array.from({ length: 30 }, (_, i) => `a as c${i}`).join(", ");
  expect(lines(`select ${items} from t`)[0]).toMatch(/, \.\.\. 6 more fields\]$/);
});

it("names distinct set operations and offsets", () => {
  expect(lines("select a from t union select a from t")[0]).toBe("Distinct");
  expect(lines("select a from t union select a from t")[1]).toBe("+- Union false, false");
  expect(lines("select a from t except all select a from t")[0]).toBe("Except All true");
  expect(lines("select a from t intersect select a from t")[0]).toBe("Intersect false");
  expect(lines("select a from t offset 2")[0]).toBe("Offset 2");
});
