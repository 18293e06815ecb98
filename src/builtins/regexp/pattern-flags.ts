/** Flags of a Java pattern that hold at some place of it. */
export interface PatternFlags {
  /** i: of ASCII letters, or with `unicodeCase` of all. */
  readonly ignoreCase: boolean;
  /** u */
  readonly unicodeCase: boolean;
  /** U: `\\w`, `\\d`, `\\s`, `\\b` and POSIX classes are Unicode's. */
  readonly unicodeClasses: boolean;
  /** s */
  readonly dotAll: boolean;
  /** m */
  readonly multiline: boolean;
  /** x */
  readonly comments: boolean;
  /** d: only `\\n` ends a line. */
  readonly unixLines: boolean;
}

const FLAG_NAMES: { readonly [letter: string]: readonly (keyof PatternFlags)[] } = {
  i: ["ignoreCase"],
  u: ["unicodeCase"],
  U: ["unicodeClasses", "unicodeCase"],
  s: ["dotAll"],
  m: ["multiline"],
  x: ["comments"],
  d: ["unixLines"],
};

/** The flags of a pattern's start. */
export const NO_FLAGS: PatternFlags = {
  ignoreCase: false,
  unicodeCase: false,
  unicodeClasses: false,
  dotAll: false,
  multiline: false,
  comments: false,
  unixLines: false,
};

/** The flags with one set or cleared. A letter that is none of them throws a `SyntaxError`. */
export function withFlag(flags: PatternFlags, letter: string, isOn: boolean): PatternFlags {
  const names = FLAG_NAMES[letter];
  if (names === undefined) throw new SyntaxError(`Unknown flag ${letter}`);
  return { ...flags, ...Object.fromEntries(names.map((name) => [name, isOn])) };
}
