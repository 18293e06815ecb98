import { kindOfCharacter, propertyOfCharacter } from "./java-class-escape.ts";

/** Java's regular expression in JavaScript. */
export interface TranslatedPattern {
  /** With the flags `v` and `g`. */
  readonly regExp: RegExp;
  /** JavaScript's number of each of Java's groups, group 0 first. */
  readonly groups: readonly number[];
}

const LINE_END = "\\n\\r\\x85\\u2028\\u2029";
const INPUT_END = "(?![\\s\\S])";
const INPUT_START = "(?<![\\s\\S])";
const LAST_LINE_END = `(?=(?:\\r\\n|[${LINE_END}])?${INPUT_END})`;
const CONTROLS: { readonly [letter: string]: string } = {
  t: "\\t",
  n: "\\n",
  r: "\\r",
  f: "\\f",
  a: "\\x07",
  e: "\\x1b",
};

/** Java's regular expression as a JavaScript one that finds the same; null where there is none or it is no pattern. */
export function translateJavaPattern(pattern: string): TranslatedPattern | null {
  try {
    return new JavaPatternTranslator(pattern).translate();
  } catch (problem) {
    if (problem instanceof SyntaxError) return null;
    throw problem;
  }
}

interface Flags {
  readonly ignoreCase: boolean;
  readonly dotAll: boolean;
  readonly multiline: boolean;
  readonly comments: boolean;
}

/** A back reference is filled in when all groups are known. */
type Piece = string | { readonly javaGroup: number };

/** One run over a pattern. A construct that cannot be said in JavaScript throws a `SyntaxError`. */
class JavaPatternTranslator {
  private readonly text: readonly string[];
  private at = 0;
  private readonly out: Piece[] = [];
  private readonly groups: number[] = [0];
  private groupCount = 0;
  private atomicCount = 0;
  private flags: Flags = { ignoreCase: false, dotAll: false, multiline: false, comments: false };
  /** Where in `out` the atom begins that a quantifier would follow; -1 where there is none. */
  private atomStart = -1;

  constructor(pattern: string) {
    this.text = Array.from(pattern);
  }

  translate(): TranslatedPattern {
    this.alternatives();
    if (this.at < this.text.length) throw new SyntaxError("Unmatched )");
    const source = this.out.map((piece) => {
      if (typeof piece === "string") return piece;
      const group = this.groups[piece.javaGroup];
      if (group === undefined) throw new SyntaxError("No such group");
      return `(?:\\${group})`;
    });
    return { regExp: new RegExp(source.join(""), "vg"), groups: this.groups };
  }

  private peek(ahead = 0): string {
    return this.text[this.at + ahead] ?? "";
  }

  private next(): string {
    const character = this.text[this.at];
    if (character === undefined) throw new SyntaxError("Unexpected end");
    this.at++;
    return character;
  }

  private takes(expected: string): boolean {
    if (!Array.from(expected).every((character, i) => this.peek(i) === character)) return false;
    this.at += expected.length;
    return true;
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
    while (this.at < this.text.length && this.peek() !== ")") {
      if (this.takes("|")) {
        this.out.push("|");
        this.atomStart = -1;
      } else this.term();
    }
    this.flags = outer;
  }

  private term(): void {
    const character = this.next();
    switch (character) {
      case "(":
        this.group();
        break;
      case "[":
        this.atom(this.characterClass());
        break;
      case ".":
        this.atom(this.flags.dotAll ? "[\\s\\S]" : `[^${LINE_END}]`);
        break;
      case "^":
        this.assertion(
          this.flags.multiline
            ? `${INPUT_START}|(?<=[${LINE_END}])(?<!\\r(?=\\n))(?!${INPUT_END})`
            : INPUT_START,
        );
        break;
      case "$":
        this.assertion(
          this.flags.multiline ? `(?=[${LINE_END}])(?<!\\r(?=\\n))|${INPUT_END}` : LAST_LINE_END,
        );
        break;
      case "\\":
        this.escape();
        break;
      case "*":
      case "+":
      case "?":
      case "{":
        this.at--;
        throw new SyntaxError(`Dangling ${character}`);
      default:
        if (this.flags.comments && this.comment(character)) return;
        this.atom(this.literal(character));
    }
    this.quantifier();
  }

  private comment(character: string): boolean {
    if (/[ \t\n\v\f\r]/.test(character)) return true;
    if (character !== "#") return false;
    while (this.at < this.text.length && this.next() !== "\n");
    return true;
  }

  private skipComments(): void {
    while (this.flags.comments && /[ \t\n\v\f\r#]/.test(this.peek())) this.comment(this.next());
  }

  private literal(character: string): string {
    const isLetter = /[a-zA-Z]/.test(character);
    if (isLetter && this.flags.ignoreCase)
      return `[${character.toLowerCase()}${character.toUpperCase()}]`;
    return isLetter || /[0-9]/.test(character) ? character : hex(character);
  }

  private quantifier(): void {
    this.skipComments();
    const source = this.quantifierSource();
    if (source === null) return;
    if (this.atomStart < 0) throw new SyntaxError("Dangling quantifier");
    if (this.takes("+")) {
      this.atomic(source);
    } else {
      this.out.push(source + (this.takes("?") ? "?" : ""));
    }
    if (/[*+?{]/.test(this.peek()) && this.quantifierSource() !== null)
      throw new SyntaxError("Dangling quantifier");
  }

  private quantifierSource(): string | null {
    const character = this.peek();
    if (character !== "" && "*+?".includes(character)) return this.next();
    if (character !== "{") return null;
    const match = /^\{(\d+)(?:,(\d*))?\}/.exec(this.text.slice(this.at, this.at + 24).join(""));
    if (match === null) throw new SyntaxError("Illegal repetition");
    this.at += match[0].length;
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
    if (this.takes("?>")) {
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
    if (this.next() !== ")") throw new SyntaxError("Unclosed group");
    this.out.push(")");
  }

  /** How the group begins in JavaScript; null where it only set flags. */
  private groupOpening(): string | null {
    if (!this.takes("?")) {
      this.groups.push(++this.groupCount);
      return "(";
    }
    for (const opening of [":", "=", "!", "<=", "<!"])
      if (this.takes(opening)) return `(?${opening}`;
    if (this.takes("<")) return this.namedGroup();
    return this.inlineFlags();
  }

  private namedGroup(): string {
    let name = "";
    for (let character = this.next(); character !== ">"; character = this.next()) name += character;
    if (!/^[a-zA-Z][a-zA-Z0-9]*$/.test(name)) throw new SyntaxError("Illegal group name");
    this.groups.push(++this.groupCount);
    return `(?<${name}>`;
  }

  private inlineFlags(): string | null {
    const outer = this.flags;
    let isOn = true;
    for (let letter = this.next(); letter !== ")"; letter = this.next()) {
      if (letter === ":") return this.flaggedGroup(outer);
      if (letter === "-") isOn = false;
      else this.flags = withFlag(this.flags, letter, isOn);
    }
    this.atomStart = -1;
    return null;
  }

  /** `(?i:…)`: the flags hold inside, then those from before. */
  private flaggedGroup(outer: Flags): null {
    const start = this.out.length;
    this.out.push("(?:");
    this.closeGroup();
    this.flags = outer;
    this.atomStart = start;
    return null;
  }

  private escape(): void {
    const letter = this.next();
    const anchor = ANCHORS[letter];
    if (anchor !== undefined) this.assertion(anchor);
    else if (letter === "Q") this.quotation();
    else if (letter === "R") this.atom(`(?:\\r\\n|[${LINE_END}\\v\\f])`);
    else if (letter === "k") this.namedReference();
    else if (/[1-9]/.test(letter)) this.numberedReference(letter);
    else this.atom(this.characterEscape(letter));
  }

  private quotation(): void {
    while (this.at < this.text.length && !this.takes("\\E")) this.atom(this.literal(this.next()));
  }

  private namedReference(): void {
    if (!this.takes("<")) throw new SyntaxError("Illegal reference");
    let name = "";
    for (let character = this.next(); character !== ">"; character = this.next()) name += character;
    this.refuseIgnoreCase();
    this.atom(`(?:\\k<${name}>)`);
  }

  private numberedReference(digit: string): void {
    this.refuseIgnoreCase();
    let group = Number(digit);
    while (/\d/.test(this.peek()) && group * 10 + Number(this.peek()) < this.groups.length)
      group = group * 10 + Number(this.next());
    this.atom({ javaGroup: group });
  }

  private refuseIgnoreCase(): void {
    if (this.flags.ignoreCase) throw new SyntaxError("Back reference without case");
  }

  /** An escape for one character or a kind of characters. */
  private characterEscape(letter: string): string {
    const kind = kindOfCharacter(letter);
    if (kind !== null) return kind;
    if (letter === "p" || letter === "P") return this.property(letter === "P");
    const code = this.escapedCode(letter);
    return code.length > 1 && code.startsWith("\\") ? code : this.literal(code);
  }

  private property(isNegated: boolean): string {
    let name = this.next();
    if (name === "{") {
      name = "";
      for (let character = this.next(); character !== "}"; character = this.next())
        name += character;
    }
    const folded = this.flags.ignoreCase && /^(Lower|Upper)$/.test(name) ? "Alpha" : name;
    const found = propertyOfCharacter(folded, isNegated);
    if (found === null) throw new SyntaxError(`Unknown property ${name}`);
    return found;
  }

  /** The character itself, or an escape sequence of JavaScript. */
  private escapedCode(letter: string): string {
    const control = CONTROLS[letter];
    if (control !== undefined) return control;
    if (letter === "x" || letter === "u" || letter === "0") return this.numericEscape(letter);
    if (letter === "c") return String.fromCodePoint((this.next().codePointAt(0) ?? 0) ^ 64);
    if (/[a-zA-Z]/.test(letter)) throw new SyntaxError(`Illegal escape \\${letter}`);
    return letter;
  }

  private numericEscape(letter: "x" | "u" | "0"): string {
    const rest = this.text.slice(this.at, this.at + 12).join("");
    const shapes = {
      x: /^(?:\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{2}))/,
      u: /^([0-9a-fA-F]{4})/,
      "0": /^([0-3]?[0-7]{1,2})/,
    };
    const match = shapes[letter].exec(rest);
    if (match === null) throw new SyntaxError("Illegal escape");
    this.at += match[0].length;
    return String.fromCodePoint(
      Number.parseInt(match[1] ?? match[2] ?? "", letter === "0" ? 8 : 16),
    );
  }

  /** Behind `[`, up to its `]`. */
  private characterClass(): string {
    const isNegated = this.takes("^");
    const operands: string[] = [];
    let operand = "";
    let isFirst = true;
    while (isFirst || this.peek() !== "]") {
      isFirst = false;
      if (this.takes("&&")) {
        operands.push(operand);
        operand = "";
      } else if (this.takes("[")) operand += this.characterClass();
      else operand += this.classItem();
    }
    this.next();
    operands.push(operand);
    const parts = operands.filter((part) => part !== "");
    const body = parts.length > 1 ? parts.map((part) => `[${part}]`).join("&&") : (parts[0] ?? "");
    return `[${isNegated ? "^" : ""}${body}]`;
  }

  private classItem(): string {
    const character = this.next();
    if (this.flags.comments && /[ \t\n\v\f\r]/.test(character)) return "";
    if (character === "\\" && this.peek() === "Q") return this.quotedClassItems();
    const from = character === "\\" ? this.characterEscapeInClass() : character;
    if (from.length > 1 && from.startsWith("[")) return from;
    if (this.peek() !== "-" || this.peek(1) === "]" || this.peek(1) === "[")
      return this.classCharacter(from);
    this.next();
    const last = this.next();
    const to = last === "\\" ? this.characterEscapeInClass() : last;
    if (to.startsWith("[") && to.length > 1) throw new SyntaxError("Illegal range");
    return this.classRange(from, to);
  }

  private quotedClassItems(): string {
    this.next();
    let items = "";
    while (!this.takes("\\E")) items += this.classCharacter(this.next());
    return items;
  }

  /** A class for a kind of characters, else the one character meant. */
  private characterEscapeInClass(): string {
    const letter = this.next();
    const kind = kindOfCharacter(letter);
    if (kind !== null) return kind;
    if (letter === "p" || letter === "P") return this.property(letter === "P");
    const code = this.escapedCode(letter);
    return code.length > 1 && code.startsWith("\\") ? controlCharacter(letter) : code;
  }

  private classCharacter(character: string): string {
    if (!/[a-zA-Z]/.test(character)) return hex(character);
    return this.flags.ignoreCase ? character.toLowerCase() + character.toUpperCase() : character;
  }

  private classRange(from: string, to: string): string {
    const first = from.codePointAt(0) ?? 0;
    const last = to.codePointAt(0) ?? 0;
    if (first > last) throw new SyntaxError("Illegal range");
    const range = `${hex(from)}-${hex(to)}`;
    if (!this.flags.ignoreCase) return range;
    return range + caseOfRange(first, last, 65, 90, 32) + caseOfRange(first, last, 97, 122, -32);
  }
}

const ANCHORS: { readonly [letter: string]: string } = {
  b: "\\b",
  B: "\\B",
  A: INPUT_START,
  z: INPUT_END,
  Z: LAST_LINE_END,
};

const FLAG_NAMES: { readonly [letter: string]: keyof Flags } = {
  i: "ignoreCase",
  s: "dotAll",
  m: "multiline",
  x: "comments",
};

function withFlag(flags: Flags, letter: string, isOn: boolean): Flags {
  const name = FLAG_NAMES[letter];
  if (name === undefined) throw new SyntaxError(`Unsupported flag ${letter}`);
  return { ...flags, [name]: isOn };
}

function isCapture(piece: string): boolean {
  return piece === "(" || /^\(\?<[a-zA-Z]/.test(piece) || piece.includes("(?<atomic");
}

function hex(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function controlCharacter(letter: string): string {
  const codes: { readonly [letter: string]: number } = { t: 9, n: 10, r: 13, f: 12, a: 7, e: 27 };
  return String.fromCharCode(codes[letter] ?? 0);
}

/** The part of a range between two letters, in the other case. */
function caseOfRange(
  first: number,
  last: number,
  low: number,
  high: number,
  shift: number,
): string {
  const from = Math.max(first, low);
  const to = Math.min(last, high);
  if (from > to) return "";
  return `${hex(String.fromCharCode(from + shift))}-${hex(String.fromCharCode(to + shift))}`;
}
