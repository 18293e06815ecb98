/** The characters that end a line, for use within a class. */
export const LINE_END = "\\n\\r\\x85\\u2028\\u2029";
const INPUT_END = "(?![\\s\\S])";
/** The start of the text. */
export const INPUT_START = "(?<![\\s\\S])";
/** The end of the text or of its last line: `$`. */
export const LAST_LINE_END = `(?=(?:\\r\\n|[${LINE_END}])?${INPUT_END})`;
/** The start of any line: `^` with the flag m. */
export const LINE_STARTS = `${INPUT_START}|(?<=[${LINE_END}])(?<!\\r(?=\\n))(?!${INPUT_END})`;
/** The end of any line: `$` with the flag m. */
export const LINE_ENDS = `(?=[${LINE_END}])(?<!\\r(?=\\n))|${INPUT_END}`;

/** Anchors that are letters behind a backslash. */
export const ANCHORS: { readonly [letter: string]: string } = {
  b: "\\b",
  B: "\\B",
  A: INPUT_START,
  z: INPUT_END,
  Z: LAST_LINE_END,
};
