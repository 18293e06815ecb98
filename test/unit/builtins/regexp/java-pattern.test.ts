import { describe, expect, it } from "vitest";
import { translateJavaPattern } from "../../../../src/builtins/regexp/java-pattern.ts";

const { raw } = String;

const FOUND: readonly (readonly [text: string, pattern: string])[] = [
  ["Spark", "(?i)SPARK"],
  ["a\n", "a$"],
  ["a\n", raw`a\Z`],
  ["ab", "^(?:a|b)++$"],
  ["a b", raw`a\hb`],
  ["aXb", raw`\p{Upper}`],
  ["é", raw`\p{L}`],
  ["-", "[a-]"],
  ["]", "[]]"],
  ["b", "[a-z&&[^a]]"],
  ["a.b", raw`\Qa.b\E`],
  ["😀", "^.$"],
  ["ab", "(?x) a b # c"],
  ["aa", raw`(a)\1`],
  ["a}", "a}"],
  ["a]", "a]"],
  ["\n", "(?s)."],
  ["foo", "(?>fo)o"],
  ["α", raw`\p{IsGreek}`],
  ["a-b", raw`[\w\-]+`],
  ["ab", "a(?i)B"],
  ["aBc", "a(?i:b)c"],
  ["ABC", "(?i)a(?-i)BC"],
  ["a\nb", "(?m)^b$"],
  ["a", raw`\x61`],
  ["a", raw`\u0061`],
  ["a", "[[:alpha:]]"],
  ["[x", raw`[\[]x`],
  ["xayaz", raw`(?>x)(a)(?:y)++\1z`],
  ["aX", "(?i)[a-z]{2}"],
  ["~", "[~!@#%&*+=|:;,<>?/-]"],
];

const NOT_FOUND: readonly (readonly [text: string, pattern: string])[] = [
  ["a\n", raw`a\z`],
  ["É", "(?i)é"],
  ["é", raw`\w`],
  ["a", "^[a-z&&[^a]]$"],
  ["\u0085", "."],
  ["aaab", "^(?>a*)ab"],
  ["aaa", "a*+a"],
];

const REFUSED = ["(", "[", "*", "a{", raw`\y`, "[z-a]", "\\", "(?<1>a)", "a**", raw`\b{g}`];

describe("A regular expression of Java", () => {
  it.each(FOUND)("finds in %j what %s asks for", (text, pattern) => {
    expect(translateJavaPattern(pattern)?.regExp.test(text)).toBe(true);
  });

  it.each(NOT_FOUND)("finds nothing in %j by %s", (text, pattern) => {
    expect(translateJavaPattern(pattern)?.regExp.test(text)).toBe(false);
  });

  it.each(REFUSED)(
    "is refused where it is none, or cannot be said in JavaScript: %s",
    (pattern) => {
      expect(translateJavaPattern(pattern)).toBeNull();
    },
  );

  it("keeps the numbers of groups when possessive ones are added between", () => {
    const translated = translateJavaPattern("(a)(?:(b)c)*+(d)");
    const match = translated?.regExp.exec("abcbcd");
    expect(translated?.groups.map((group) => match?.[group])).toEqual(["abcbcd", "a", "b", "d"]);
  });
});
