import { describe, expect, it } from "vitest";
import { findBuiltin } from "../../../src/builtins/registry.ts";
import { functions } from "../../../src/index.ts";
import { Column } from "../../../src/session/column.ts";

/** What the analyzer knows beside the builtins. */
const OF_ANALYZER = new Set(["struct", "current_date", "current_timestamp"]);
const NOT_CALLS = new Set([
  "lit",
  "expr",
  "when",
  "col",
  "column",
  "callFunction",
  "call_function",
  "broadcast",
]);

const { col, lit, expr, callFunction } = functions;

describe("the functions", () => {
  it.each(Object.keys(functions).filter((name) => !NOT_CALLS.has(name)))(
    "%s calls a builtin",
    (name) => {
      const make = functions[name as "upper"] as (...args: string[]) => unknown;
      const column = make("a", "b", "c", "d");
      const { expression } = column instanceof Column ? column : { expression: null };
      if (expression?.kind !== "unresolvedCall") return expect(name).toMatch(/^(asc|desc)/);
      const known = findBuiltin(expression.name) !== undefined || OF_ANALYZER.has(expression.name);
      expect(known, expression.name).toBe(true);
    },
  );

  it("take a string as the name of a column, and as text where it is no input", () => {
    const { expression } = functions.lpad("name", 3, "*");
    expect(expression).toMatchObject({
      name: "lpad",
      args: [
        { kind: "unresolvedAttribute", nameParts: ["name"] },
        { kind: "literal", value: 3 },
        { kind: "literal", value: "*" },
      ],
    });
    expect(callFunction("f", "t.a", lit("x")).expression).toMatchObject({
      args: [{ nameParts: ["t", "a"] }, { kind: "literal", value: "x" }],
    });
  });

  it("take names apart at points outside back quotes", () => {
    expect(col("a.`b.c`.d").expression).toMatchObject({ nameParts: ["a", "b.c", "d"] });
    expect(col("`a.b`").expression).toMatchObject({ nameParts: ["a.b"] });
    expect(col("`a``b`.c").expression).toMatchObject({ nameParts: ["a`b", "c"] });
    expect(col("t.*").expression).toMatchObject({ kind: "unresolvedStar", qualifier: ["t"] });
    for (const name of ["", "a.", "a..b", "`a"])
      expect(() => col(name), name).toThrow("Syntax error in the attribute name");
  });

  it("make constants of JavaScript values", () => {
    const typeOf = (value: Parameters<typeof lit>[0]) => {
      const { expression } = lit(value);
      return expression.kind === "literal" ? [expression.type.kind, expression.value] : null;
    };
    expect(typeOf(1)).toEqual(["int", 1]);
    expect(typeOf(2 ** 40)).toEqual(["double", 2 ** 40]);
    expect(typeOf(1n)).toEqual(["long", "1"]);
    expect(typeOf(-0)).toEqual(["double", -0]);
    expect(typeOf(Number.NaN)).toEqual(["double", "NaN"]);
    expect(typeOf(new Date(1))).toEqual(["timestamp", "1000"]);
    expect(typeOf(Uint8Array.of(1))).toEqual(["binary", "AQ=="]);
    expect(typeOf(null)).toEqual(["null", null]);
    expect(lit(col("a")).expression).toMatchObject({ kind: "unresolvedAttribute" });
  });

  it("read SQL", () => {
    expect(expr("a + 1 AS b").expression).toMatchObject({ kind: "alias", name: "b" });
    expect(() => expr("a +")).toThrow(expect.objectContaining({ family: "syntax" }));
    expect(() => col("a").cast("nope")).toThrow(/nope/i);
  });
});
