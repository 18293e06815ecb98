import { describe, expect, test } from "vitest";
import { asTindraError, type TindraError } from "../../../src/common/errors.ts";
import { tokenize } from "../../../src/sql/lexer.ts";
import { parseStatement } from "../../../src/sql/parse.ts";
import { SourceText } from "../../../src/sql/source-text.ts";
import { splitStatements } from "../../../src/sql/split-statements.ts";

const kinds = (text: string): readonly string[] =>
  tokenize(new SourceText(text)).map(({ kind, value }) => `${kind} ${value}`.trimEnd());

describe("the lexer", () => {
  test.each([
    [
      "select Ab1 _c 1a 0x1F",
      ["word SELECT", "word AB1", "word _C", "word 1A", "word 0X1F", "end"],
    ],
    ["`a``b` ``", ["quotedName a`b", "quotedName", "end"]],
    [
      "1 1.5 .5 5. 1e3 1.E-2 7L 7bd",
      [
        "number 1",
        "number 1.5",
        "number .5",
        "number 5.",
        "number 1e3",
        "number 1.E-2",
        "number 7L",
        "number 7bd",
        "end",
      ],
    ],
    ["a.1", ["word A", "number .1", "end"]],
    ["1.a", ["number 1", "symbol .", "word A", "end"]],
    ["1.5x", ["number 1", "symbol .", "word 5X", "end"]],
    [
      "a<=>b<>c!=d",
      ["word A", "symbol <=>", "word B", "symbol <>", "word C", "symbol !=", "word D", "end"],
    ],
    ["a>>b", ["word A", "symbol >", "symbol >", "word B", "end"]],
    [
      "x->y=>z::w",
      ["word X", "symbol ->", "word Y", "symbol =>", "word Z", "symbol ::", "word W", "end"],
    ],
    ["a --b\nc", ["word A", "word C", "end"]],
    ["a --b\\\nstill a comment\nc", ["word A", "word C", "end"]],
    ["a /* b /* c */ d */ e", ["word A", "word E", "end"]],
    [
      "/*+ x */ a */",
      ["symbol /*+", "word X", "symbol */", "word A", "symbol *", "symbol /", "end"],
    ],
    ["'a' r'b' R\"c\" x 'd'", ["string a", "string b", "string c", "word X", "string d", "end"]],
    ["a # b", ["word A", "unknown #", "word B", "end"]],
    ["größe", ["word GRÖSSE", "end"]],
  ])("cuts «%s» into its tokens", (text, expected) => {
    expect(kinds(text)).toEqual(expected);
  });

  test("says where each token stands", () => {
    const positions = tokenize(new SourceText("a\n  bc\r\n\td")).map(({ position }) => [
      position.line,
      position.column,
    ]);
    expect(positions).toEqual([
      [1, 1],
      [2, 3],
      [3, 2],
      [3, 3],
    ]);
  });

  test("takes a string of a million characters", () => {
    const text = "x".repeat(1_000_000);
    expect(tokenize(new SourceText(`'${text}'`))[0]?.value).toBe(text);
  });
});

describe("a script", () => {
  test.each<readonly [string, readonly string[]]>([
    ["", []],
    [" ; ;; ", []],
    ["select 1", ["select 1"]],
    ["select 1;", ["select 1"]],
    ["select 1; select 2 ;\n select 3", ["select 1", "select 2", "select 3"]],
    ["select ';' ; select \";\" , `;`", ["select ';'", 'select ";" , `;`']],
    ["select '\\';' ; select 'it'';'", ["select '\\';'", "select 'it'';'"]],
    ["-- one; two\nselect 1 -- ; three\n; select 2", ["select 1 -- ; three", "select 2"]],
    ["select /* ; /* ; */ ; */ 1; select 2", ["select /* ; /* ; */ ; */ 1", "select 2"]],
    ["select /*+ x */ 1; select 2", ["select /*+ x */ 1", "select 2"]],
    ["set a = b; select 1", ["set a = b", "select 1"]],
    ["select 1; -- the end", ["select 1"]],
  ])("«%s» is split at the semicolons that end statements", (text, expected) => {
    expect(splitStatements(text).map((statement) => statement.text)).toEqual(expected);
  });

  test("knows where its statements begin and with which word", () => {
    expect(splitStatements("-- c\nselect 1;  explain\nselect 2; (select 3)")).toMatchObject([
      { keyword: "SELECT", position: { line: 2, column: 1 } },
      { keyword: "EXPLAIN", position: { line: 2, column: 12 } },
      { keyword: "(", position: { line: 3, column: 11 } },
    ]);
  });

  test("has errors at its own lines and columns", () => {
    const script = "select 1; select 2 +\n  from;";
    const [, second] = splitStatements(script);
    const fault = failed(() =>
      parseStatement(second?.text ?? "", { origin: second?.position ?? { line: 1, column: 1 } }),
    );
    expect(fault.details).toMatchObject({ line: 2, column: 3 });
    expect(fault.message).toContain("(line 2, column 3)\n\n  from\n  ^");
    const first = failed(() => parseStatement("select +", { origin: { line: 3, column: 11 } }));
    expect(first.message).toContain("(line 3, column 19)\n\nselect +\n        ^");
  });
});

function failed(parse: () => unknown): TindraError {
  try {
    parse();
  } catch (thrown) {
    return asTindraError(thrown);
  }
  return expect.unreachable();
}
