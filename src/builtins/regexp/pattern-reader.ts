/** A place in a pattern, read by code points. Throws a `SyntaxError` behind the end. */
export class PatternReader {
  private readonly text: readonly string[];
  private at = 0;

  constructor(pattern: string) {
    this.text = Array.from(pattern);
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** Empty behind the end. */
  peek(ahead = 0): string {
    return this.text[this.at + ahead] ?? "";
  }

  next(): string {
    const character = this.text[this.at];
    if (character === undefined) throw new SyntaxError("Unexpected end");
    this.at++;
    return character;
  }

  /** Passes over `expected` where it comes next. */
  takes(expected: string): boolean {
    if (!Array.from(expected).every((character, i) => this.peek(i) === character)) return false;
    this.at += expected.length;
    return true;
  }

  /** Passes over what a shape that begins with `^` finds in the next characters. */
  takesMatch(shape: RegExp): RegExpExecArray | null {
    const match = shape.exec(this.text.slice(this.at, this.at + 24).join(""));
    if (match !== null) this.at += match[0].length;
    return match;
  }

  /** Everything up to `end`, which is passed over too. */
  until(end: string): string {
    let taken = "";
    for (let character = this.next(); character !== end; character = this.next())
      taken += character;
    return taken;
  }
}
