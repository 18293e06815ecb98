import { GRAPHEME } from "./grapheme.ts";
import { anchorOf, LINE_END, lineEnd, lineStart } from "./java-anchor.ts";
import { readCharacterClass } from "./java-character-class.ts";
import { characterSource, readEscape } from "./java-escape.ts";
import { NO_FLAGS, type PatternFlags, withFlag } from "./pattern-flags.ts";
import { PatternReader } from "./pattern-reader.ts";

/** Java's regular expression in JavaScript. */
export interface TranslatedPattern {
  /** With the flags `v` and `g`. */
  readonly regExp: RegExp;
  /** JavaScript's number of each of Java's groups, group 0 first. */
  readonly groups: readonly number[];
}

/** Java's regular expression as a JavaScript one that finds the same; null where there is none or it is no pattern. */
export function translateJavaPattern(pattern: string): TranslatedPattern | null {
  try {
    return new JavaPatternTranslator(pattern).translate();
  } catch (problem) {
    if (problem instanceof SyntaxError) return null;
    throw problem;
  }
}

/** A back reference is filled in when all groups are known. */
type Piece = string | { readonly javaGroup: number; readonly ignoreCase: boolean };

/** Matches nothing, as a reference to a group that took no part. */
const NEVER = "(?!)";
const I_IN_ANY_CASE = "[iI\\u0130\\u0131]";
const MAX_REPETITIONS = 2_147_483_647;

/** One run over a pattern. A construct that cannot be said in JavaScript throws a `SyntaxError`. */
class JavaPatternTranslator {
  private readonly reader: PatternReader;
  private readonly out: Piece[] = [];
  private readonly groups: number[] = [0];
  private groupCount = 0;
  private atomicCount = 0;
  private flags = NO_FLAGS;
  /** True if a match begins where the one before it ended: `\G` at the pattern's start. */
  private isContiguous = false;
  /** Where in `out` the atom begins that a quantifier would follow; -1 where there is none. */
  private atomStart = -1;
  private hasAlternatives = false;

  constructor(pattern: string) {
    this.reader = new PatternReader(pattern);
  }

  translate(): TranslatedPattern {
    this.isContiguous = this.reader.takes("\\G");
    this.alternatives();
    if (!this.reader.isAtEnd) throw new SyntaxError("Unmatched )");
    if (this.isContiguous && this.hasAlternatives) throw new SyntaxError("\\G in one of several");
    const source = this.out.map((piece) => {
      if (typeof piece === "string") return piece;
      const group = this.groups[piece.javaGroup];
      if (group === undefined) return NEVER;
      return piece.ignoreCase ? `(?i:\\${group})` : `(?:\\${group})`;
    });
    const regExp = new RegExp(source.join(""), this.isContiguous ? "vgy" : "vg");
    return { regExp, groups: this.groups };
  }

  private atom(piece: Piece): void {
    this.atomStart = this.out.length;
    this.out.push(piece);
  }

  private assertion(source: string): void {
    this.atom(`(?:${source})`);
  }

  /** Up to the end or the parenthesis that closes the group. Flags set inside end with it. */
  private alternatives(): void {
    const outer = this.flags;
    this.atomStart = -1;
    while (!this.reader.isAtEnd && this.reader.peek() !== ")") {
      if (this.reader.takes("|")) {
        this.out.push("|");
        this.atomStart = -1;
        this.hasAlternatives = true;
      } else this.term();
    }
    this.flags = outer;
  }

  private term(): void {
    if (this.reader.peek() === "{") {
      this.atom("(?:)");
      this.quantifier();
      return;
    }
    const character = this.reader.next();
    switch (character) {
      case "(":
        this.group();
        break;
      case "[":
        this.atom(readCharacterClass(this.reader, this.flags));
        break;
      case ".":
        this.atom(this.anyCharacter());
        break;
      case "^":
        this.assertion(lineStart(this.flags));
        break;
      case "$":
        this.assertion(lineEnd(this.flags));
        break;
      case "\\":
        this.escape();
        break;
      case "*":
      case "+":
      case "?":
        throw new SyntaxError(`Dangling ${character}`);
      default:
        if (this.flags.comments && this.comment(character)) return;
        this.atom(this.literal(character));
    }
    this.quantifier();
  }

  private anyCharacter(): string {
    if (this.flags.dotAll) return "[\\s\\S]";
    return this.flags.unixLines ? "[^\\n]" : `[^${LINE_END}]`;
  }

  private comment(character: string): boolean {
    if (/[ \t\n\v\f\r]/.test(character)) return true;
    if (character !== "#") return false;
    while (!this.reader.isAtEnd && this.reader.next() !== "\n");
    return true;
  }

  private skipComments(): void {
    while (this.flags.comments && /[ \t\n\v\f\r#]/.test(this.reader.peek()))
      this.comment(this.reader.next());
  }

  private literal(character: string): string {
    const source = characterSource(character);
    if (!this.flags.ignoreCase) return source;
    if (this.flags.unicodeCase)
      return /[iI\u0130\u0131]/.test(character) ? I_IN_ANY_CASE : `(?i:${source})`;
    return /^[a-zA-Z]$/.test(character)
      ? `[${character.toLowerCase()}${character.toUpperCase()}]`
      : source;
  }

  private quantifier(): void {
    this.skipComments();
    const source = this.quantifierSource();
    if (source === null) return;
    if (this.atomStart < 0) throw new SyntaxError("Dangling quantifier");
    if (this.reader.takes("+")) {
      this.atomic(source);
    } else {
      this.out.push(source + (this.reader.takes("?") ? "?" : ""));
    }
    if (/[*+?]/.test(this.reader.peek())) throw new SyntaxError("Dangling quantifier");
  }

  private quantifierSource(): string | null {
    const character = this.reader.peek();
    if (character !== "" && "*+?".includes(character)) return this.reader.next();
    if (character !== "{") return null;
    const match = this.reader.takesMatch(/^\{(\d+)(?:,(\d*))?\}/);
    if (match === null || Number(match[1]) > MAX_REPETITIONS || Number(match[2]) > MAX_REPETITIONS)
      throw new SyntaxError("Illegal repetition");
    return match[0];
  }

  /** What stands from `atomStart` on, with a quantifier, is never tried again once it has matched. */
  private atomic(quantifier: string): void {
    const name = `atomic${this.atomicCount++}`;
    const pieces = this.out.splice(this.atomStart);
    this.shiftGroups(pieces);
    this.out.push(`(?:(?=(?<${name}>(?:`, ...pieces, `)${quantifier}))\\k<${name}>)`);
  }

  /** A group is put before those inside of the pieces. */
  private shiftGroups(pieces: readonly Piece[]): void {
    const inside = pieces.filter((piece) => typeof piece === "string" && isCapture(piece)).length;
    const first = this.groupCount - inside;
    for (const [i, group] of this.groups.entries()) if (group > first) this.groups[i] = group + 1;
    this.groupCount++;
  }

  private group(): void {
    const start = this.out.length;
    if (this.reader.takes("?>")) {
      this.out.push("(?:");
      this.closeGroup();
      this.atomStart = start;
      this.atomic("");
      this.atomStart = start;
      return;
    }
    const opening = this.groupOpening();
    if (opening === null) return;
    this.out.push(opening);
    this.closeGroup();
    if (/^\(\?<?[=!]/.test(opening)) {
      this.out.splice(start, 0, "(?:");
      this.out.push(")");
    }
    this.atomStart = start;
  }

  private closeGroup(): void {
    this.alternatives();
    if (this.reader.next() !== ")") throw new SyntaxError("Unclosed group");
    this.out.push(")");
  }

  /** How the group begins in JavaScript; null where it only set flags. */
  private groupOpening(): string | null {
    if (!this.reader.takes("?")) {
      this.groups.push(++this.groupCount);
      return "(";
    }
    for (const opening of [":", "=", "!", "<=", "<!"])
      if (this.reader.takes(opening)) return `(?${opening}`;
    if (this.reader.takes("<")) return this.namedGroup();
    return this.inlineFlags();
  }

  private namedGroup(): string {
    const name = this.reader.until(">");
    if (!/^[a-zA-Z][a-zA-Z0-9]*$/.test(name)) throw new SyntaxError("Illegal group name");
    this.groups.push(++this.groupCount);
    return `(?<${name}>`;
  }

  private inlineFlags(): string | null {
    const outer = this.flags;
    let isOn = true;
    for (let letter = this.reader.next(); letter !== ")"; letter = this.reader.next()) {
      if (letter === ":") return this.flaggedGroup(outer);
      if (letter === "-") isOn = false;
      else this.flags = withFlag(this.flags, letter, isOn);
    }
    this.atomStart = -1;
    return null;
  }

  /** `(?i:…)`: the flags hold inside, then those from before. */
  private flaggedGroup(outer: PatternFlags): null {
    const start = this.out.length;
    this.out.push("(?:");
    this.closeGroup();
    this.flags = outer;
    this.atomStart = start;
    return null;
  }

  private escape(): void {
    const letter = this.reader.next();
    const anchor = anchorOf(letter, this.flags);
    if (anchor !== null) this.assertion(anchor);
    else if (letter === "X") this.grapheme();
    else if (letter === "Q") this.quotation();
    else if (letter === "R") this.atom(`(?:\\r\\n|[${LINE_END}\\v\\f])`);
    else if (letter === "k") this.namedReference();
    else if (/[1-9]/.test(letter)) this.numberedReference(letter);
    else {
      const escaped = readEscape(letter, this.reader, this.flags);
      this.atom(escaped.kind === "class" ? escaped.source : this.literal(escaped.character));
    }
  }

  private quotation(): void {
    while (!this.reader.isAtEnd && !this.reader.takes("\\E"))
      this.atom(this.literal(this.reader.next()));
  }

  private grapheme(): void {
    this.atom(GRAPHEME);
    this.atomic("");
  }

  private namedReference(): void {
    if (!this.reader.takes("<")) throw new SyntaxError("Illegal reference");
    const name = this.reader.until(">");
    this.atom(`${this.flags.ignoreCase ? "(?i:" : "(?:"}\\k<${name}>)`);
  }

  private numberedReference(digit: string): void {
    let group = Number(digit);
    while (
      /\d/.test(this.reader.peek()) &&
      group * 10 + Number(this.reader.peek()) < this.groups.length
    )
      group = group * 10 + Number(this.reader.next());
    this.atom(
      group < this.groups.length ? { javaGroup: group, ignoreCase: this.flags.ignoreCase } : NEVER,
    );
  }
}

function isCapture(piece: string): boolean {
  return piece === "(" || /^\(\?<[a-zA-Z]/.test(piece) || piece.includes("(?<atomic");
}
