/** Flags of a Java pattern that hold at some place of it. */
export interface PatternFlags {
  readonly ignoreCase: boolean;
  readonly dotAll: boolean;
  readonly multiline: boolean;
  readonly comments: boolean;
}

const FLAG_NAMES: { readonly [letter: string]: keyof PatternFlags } = {
  i: "ignoreCase",
  s: "dotAll",
  m: "multiline",
  x: "comments",
};

/** The flags with one set or cleared. A letter that is none of them throws a `SyntaxError`. */
export function withFlag(flags: PatternFlags, letter: string, isOn: boolean): PatternFlags {
  const name = FLAG_NAMES[letter];
  if (name === undefined) throw new SyntaxError(`Unsupported flag ${letter}`);
  return { ...flags, [name]: isOn };
}
