import { describe, expect, it } from "vitest";
import type { Alias, Expression, UnresolvedAttribute } from "../../../src/plan/expression.ts";
import { intLiteral } from "../../../src/plan/literal.ts";
import type { LogicalPlan } from "../../../src/plan/logical-plan.ts";
import { planOutput } from "../../../src/plan/plan-output.ts";
import { printPlan } from "../../../src/plan/print-plan.ts";
import { parseExpression } from "../../../src/sql/parse.ts";
import { analyzePlan, catalogOf, errorOf, schemaOf, tableOf } from "../../support/analysis.ts";

const catalog = catalogOf({});
const t = tableOf("t", "a INT NOT NULL, b BIGINT NOT NULL, s STRING");
const u = tableOf("u", "a INT NOT NULL, z STRING");

const analyzed = (plan: LogicalPlan): LogicalPlan => analyzePlan(plan, catalog);
const schema = (plan: LogicalPlan): string => schemaOf(analyzed(plan));
const alias = (name: string, sql: string): Alias => ({
  kind: "alias",
  id: 0,
  name,
  child: parseExpression(sql),
});
const column = (name: string, dataFrame?: number): UnresolvedAttribute => ({
  kind: "unresolvedAttribute",
  nameParts: [name],
  position: null,
  ...(dataFrame === undefined ? {} : { dataFrame }),
});
const marked = (dataFrame: number, child: LogicalPlan): LogicalPlan => ({
  kind: "subqueryAlias",
  alias: "",
  columns: [],
  dataFrame,
  child,
});
const filter = (sql: string, child: LogicalPlan): LogicalPlan => ({
  kind: "filter",
  condition: parseExpression(sql),
  child,
});
const project = (child: LogicalPlan, ...expressions: Expression[]): LogicalPlan => ({
  kind: "project",
  expressions,
  child,
});
const join = (
  left: LogicalPlan,
  right: LogicalPlan,
  condition: Expression | null,
): LogicalPlan => ({
  kind: "join",
  type: "inner",
  condition,
  using: null,
  left,
  right,
  hint: null,
});
const equal = (left: Expression, right: Expression): Expression => ({
  kind: "unresolvedCall",
  name: "=",
  args: [left, right],
  distinct: false,
  filter: null,
  ignoreNulls: false,
  position: null,
});

describe("withColumns", () => {
  const withColumns = (child: LogicalPlan, ...columns: Alias[]): LogicalPlan => ({
    kind: "withColumns",
    columns,
    child,
  });

  it("replaces a column of the same name in its place and adds others at the end", () => {
    expect(schema(withColumns(t, alias("B", "a + 1.5"), alias("n", "b * 2")))).toBe(
      "struct<a:int,B:decimal(12,1),s:string,n:bigint>",
    );
  });

  it("refuses two columns of one name", () => {
    const error = errorOf(() => analyzed(withColumns(t, alias("x", "1"), alias("X", "2"))));
    expect(error.condition).toBe("COLUMN_ALREADY_EXISTS");
    expect(error.message).toContain("The column `x` already exists.");
  });
});

describe("dropColumns, renameColumns and toDF", () => {
  it("drop by name without regard to case, and ignore what is not there", () => {
    const plan: LogicalPlan = {
      kind: "dropColumns",
      columns: [column("S"), column("q")],
      child: t,
    };
    expect(schema(plan)).toBe("struct<a:int,b:bigint>");
  });

  it("rename where there is something to rename", () => {
    const renames = [
      { from: "A", to: "x" },
      { from: "q", to: "y" },
    ];
    const plan: LogicalPlan = { kind: "renameColumns", renames, all: null, child: t };
    expect(schema(plan)).toBe("struct<x:int,b:bigint,s:string>");
  });

  it("refuse a wrong number of names", () => {
    const all = ["x", "y"];
    const plan: LogicalPlan = { kind: "renameColumns", renames: null, all, child: t };
    expect(errorOf(() => analyzed(plan)).condition).toBe("ASSIGNMENT_ARITY_MISMATCH");
    expect(schema({ ...plan, all: ["x", "y", "z"] })).toBe("struct<x:int,y:bigint,z:string>");
  });
});

describe("deduplicate", () => {
  it("groups by the keys and keeps the first of the other columns", () => {
    const plan = analyzed({ kind: "deduplicate", columns: ["B"], child: t });
    expect(printPlan(plan)).toBe(
      [
        "Aggregate [b#2L], [first(a#1) AS a#4, b#2L, first(s#3) AS s#5]",
        "+- Relation [a#1,b#2L,s#3] parquet",
      ].join("\n"),
    );
  });

  it("is distinct without keys", () => {
    expect(analyzed({ kind: "deduplicate", columns: [], child: t }).kind).toBe("distinct");
  });

  it("names a key that is not there", () => {
    const error = errorOf(() => analyzed({ kind: "deduplicate", columns: ["q"], child: t }));
    expect(error.condition).toBe("UNRESOLVED_COLUMN.WITH_SUGGESTION");
  });
});

describe("unionByName", () => {
  const union = (allowMissingColumns: boolean): LogicalPlan => ({
    kind: "unresolvedUnion",
    allowMissingColumns,
    left: u,
    right: t,
  });

  it("fills columns of one side with nulls where that is allowed", () => {
    expect(schema(union(true))).toBe("struct<a:int,z:string,b:bigint,s:string>");
    expect(planOutput(analyzed(union(true))).map((a) => a.nullable)).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });

  it("refuses them otherwise", () => {
    const error = errorOf(() => analyzed(union(false)));
    expect(error.condition).toBe("UNRESOLVED_COLUMN_AMONG_FIELD_NAMES");
  });

  it("matches columns by name whatever their place", () => {
    const swapped = project(u, column("z"), column("a"));
    const plan: LogicalPlan = {
      kind: "unresolvedUnion",
      allowMissingColumns: false,
      left: u,
      right: swapped,
    };
    expect(schema(plan)).toBe("struct<a:int,z:string>");
  });
});

describe("a DataFrame's filter", () => {
  it("may use columns that the select before it dropped", () => {
    expect(printPlan(analyzed(filter("b > 1", project(t, column("a")))))).toBe(
      [
        "Project [a#1]",
        "+- Filter (b#2L > cast(1 as bigint))",
        "   +- Project [a#1, b#2L]",
        "      +- Relation [a#1,b#2L,s#3] parquet",
      ].join("\n"),
    );
  });

  it("over an aggregate works like HAVING", () => {
    const grouped: LogicalPlan = {
      kind: "aggregate",
      grouping: [column("a")],
      aggregates: [column("a"), alias("n", "count(*)")],
      child: t,
    };
    expect(schema(filter("n > 1 and max(b) < 3", grouped))).toBe("struct<a:int,n:bigint>");
  });
});

describe("columns bound to a DataFrame", () => {
  it("tell the sides of a join apart though their names are the same", () => {
    const plan = join(
      marked(1, t),
      marked(2, filter("a > 1", marked(3, t))),
      equal(column("a", 1), column("a", 2)),
    );
    const text = printPlan(analyzed(project(plan, column("b", 2))));
    expect(text.split("\n").slice(0, 2)).toEqual(["Project [b#5L]", "+- Join Inner, (a#1 = a#4)"]);
  });

  it("find their column through later operations", () => {
    const plan = filter("a > 1", marked(7, project(t, column("a"), column("s"))));
    expect(schema(project(plan, column("s", 7)))).toBe("struct<s:string>");
  });

  it("are ambiguous where their DataFrame is on both sides", () => {
    const plan = join(marked(1, t), marked(1, t), equal(column("a", 1), column("a", 1)));
    expect(errorOf(() => analyzed(plan)).condition).toBe("AMBIGUOUS_COLUMN_REFERENCE");
  });

  it("are unresolved where another column has taken their place", () => {
    const replaced: LogicalPlan = {
      kind: "withColumns",
      columns: [alias("a", "a + 1")],
      child: marked(1, t),
    };
    const error = errorOf(() => analyzed(project(replaced, column("a", 1))));
    expect(error.condition).toBe("UNRESOLVED_COLUMN.WITH_SUGGESTION");
  });
});

describe("an analyzed plan", () => {
  it("can be analyzed again as part of another one, with new ids", () => {
    const once = analyzed(filter("a > 1", t));
    const [a] = planOutput(once);
    if (a === undefined) throw new TypeError("no column");
    const twice = analyzed(join(project(once, a), project(once, a), null));
    expect(new Set(planOutput(twice).map((column) => column.id)).size).toBe(2);
    expect(schemaOf(twice)).toBe("struct<a:int,a:int>");
  });

  it("is the same each time", () => {
    const plan = filter("a > 1", project(t, column("a"), alias("k", "b + 1")));
    expect(analyzed(plan)).toEqual(analyzed(plan));
  });

  it("survives JSON", () => {
    const plan = analyzed(filter("a > 1 and s like 'x%'", t));
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  it("keeps a limit as a literal", () => {
    expect(analyzed({ kind: "limit", count: intLiteral(3), child: t })).toMatchObject({
      kind: "limit",
      count: { kind: "literal", value: 3 },
    });
  });
});
