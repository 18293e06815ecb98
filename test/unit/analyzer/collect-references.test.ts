import { expect, it } from "vitest";
import { collectReferences } from "../../../src/analyzer/collect-references.ts";
import { queryOf } from "../../support/analysis.ts";

const tablesOf = (sql: string): readonly string[] =>
  collectReferences(queryOf(sql)).tables.map((table) => table.nameParts.join("."));

it("finds tables in joins, derived tables and set operations", () => {
  expect(tablesOf("select * from a join (select * from b) q union select * from db.c")).toEqual([
    "a",
    "b",
    "db.c",
  ]);
});

it("finds tables in subqueries of expressions", () => {
  expect(
    tablesOf(
      "select (select max(x) from a) from b where exists (select 1 from c) and y in (select z from d)",
    ),
  ).toEqual(expect.arrayContaining(["a", "b", "c", "d"]));
});

it("leaves out the relations of WITH, but not a table that one of them hides", () => {
  expect(
    tablesOf("with a as (select * from a), b as (select * from a) select * from b, A, c"),
  ).toEqual(["a", "c"]);
});

it("finds files", () => {
  const { files } = collectReferences(queryOf("select * from parquet.`x/*.parquet`"));
  expect(files.map((f) => f.paths)).toEqual([["x/*.parquet"]]);
});
