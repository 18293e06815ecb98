import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { likeRegExp, parseLikePattern } from "../../../../src/builtins/string/like-pattern.ts";
import { selectConstants } from "../../../support/builtin-harness.ts";

describe("A constant LIKE pattern", () => {
  it("compiles to code that matches as the regular expression for it does", () => {
    const pattern = fc.string({ unit: fc.constantFrom("a", "b", "é", "%", "_"), maxLength: 6 });
    const text = fc.string({ unit: fc.constantFrom("a", "b", "é", "😀"), maxLength: 8 });
    fc.assert(
      fc.property(pattern, fc.array(text, { minLength: 20, maxLength: 20 }), (like, texts) => {
        const expected = texts.map((t) => likeRegExp(parseLikePattern(like, "\\")).test(t));
        const columns = texts.map((t) => `'${t}' LIKE '${like}'`);
        expect(selectConstants(`SELECT ${columns.join(", ")}`).cells).toEqual(expected.map(String));
      }),
      { numRuns: 60 },
    );
  });
});
