import type { DataType } from "../columnar/data-type.ts";
import { present } from "../common/assert.ts";
import { SqlSyntaxError, TOO_COMPLEX } from "../common/errors.ts";
import type { Expression } from "../plan/expression.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import type { SourceText } from "./source-text.ts";
import { syntaxFault, unexpectedToken, unsupportedSyntax } from "./sql-error.ts";
import type { SqlOptions } from "./sql-options.ts";
import type { Token } from "./token.ts";

/** The rules that refer to each other across files. */
export interface Grammar {
  /** An expression without alias whose operators bind at least as tightly as `minPower`. */
  readonly expression: (p: Parser, minPower?: number) => Expression;
  readonly query: (p: Parser) => LogicalPlan;
  readonly dataType: (p: Parser) => DataType;
}

const MAX_EXPECTED = 12;

type QueryOutcome =
  | { readonly plan: LogicalPlan; readonly next: number }
  | { readonly error: unknown };

/** A cursor over tokens. It remembers what was looked for where it stands, to say so in errors. */
export class Parser {
  readonly source: SourceText;
  readonly options: SqlOptions;
  readonly grammar: Grammar;
  readonly #tokens: readonly Token[];
  #index = 0;
  #expectedAt = -1;
  #expected: string[] = [];
  #opened = { start: 0, end: -1 };
  #markers: readonly Token[] | null = null;
  readonly #outcomes = new Map<number, QueryOutcome>();

  constructor(source: SourceText, tokens: readonly Token[], grammar: Grammar, options: SqlOptions) {
    this.source = source;
    this.#tokens = tokens;
    this.grammar = grammar;
    this.options = options;
  }

  get token(): Token {
    return this.peek(0);
  }

  /** The token `distance` ahead; the end where there are no more. */
  peek(distance: number): Token {
    const token = this.#tokens[this.#index + distance] ?? this.#tokens.at(-1);
    return present(token, "The end token");
  }

  advance(): Token {
    const token = this.token;
    if (token.kind !== "end") this.#index++;
    return token;
  }

  /** True if a keyword (upper case) stands `distance` ahead. */
  isWord(word: string, distance = 0): boolean {
    const token = this.peek(distance);
    return token.kind === "word" && token.value === word;
  }

  isSymbol(symbol: string, distance = 0): boolean {
    const token = this.peek(distance);
    return token.kind === "symbol" && token.value === symbol;
  }

  /** How many opening parentheses stand `distance` ahead in a row. Asked inside of a row, it is not walked again. */
  openParentheses(distance = 0): number {
    const start = this.#index + distance;
    if (start < this.#opened.start || start > this.#opened.end) {
      let length = 0;
      while (this.isSymbol("(", distance + length)) length++;
      this.#opened = { start, end: start + length };
    }
    return this.#opened.end - start;
  }

  /** Takes the keywords if all of them are next. */
  accept(...words: readonly string[]): boolean {
    const found = words.every((word, i) => this.isWord(word, i));
    if (found) this.#index += words.length;
    else this.#expect(words.join(" "));
    return found;
  }

  acceptSymbol(symbol: string): boolean {
    const found = this.isSymbol(symbol);
    if (found) this.#index++;
    else this.#expect(`'${symbol}'`);
    return found;
  }

  /** Takes the keywords one by one, or fails at the first that is not there. */
  expect(...words: readonly string[]): void {
    for (const word of words) if (!this.accept(word)) this.fail();
  }

  expectSymbol(symbol: string): void {
    if (!this.acceptSymbol(symbol)) this.fail();
  }

  /** Fails at the current token: `expected`, or else whatever was looked for there. */
  fail(...expected: readonly string[]): never {
    if (expected.length > 0) this.#expected = [...expected];
    else if (this.#expectedAt !== this.#index) this.#expected = [];
    const found = [...new Set(this.#expected)].slice(0, MAX_EXPECTED);
    throw unexpectedToken(this.source, this.token.position, this.token.text, found);
  }

  /** Fails at a token after a whole statement. */
  failAtEnd(): never {
    this.#expect("end of input");
    return this.fail();
  }

  /** Which of the `?` of the text a token is, from 0. */
  ordinalOf(marker: Token): number {
    this.#markers ??= this.#tokens.filter(({ kind, value }) => kind === "symbol" && value === "?");
    return this.#markers.indexOf(marker);
  }

  /** Fails with Spark syntax that is parsed but not run. */
  unsupported(feature: string, at: Token = this.token): never {
    throw unsupportedSyntax(this.source, at.position, feature);
  }

  /** Fails where the text is nested deeper than the stack allows. */
  tooComplex(): never {
    throw syntaxFault(this.source, this.token.position, TOO_COMPLEX);
  }

  /** A query in parentheses. Its outcome is kept, so that trying it first never parses anything twice. */
  parenthesizedQuery(): LogicalPlan {
    const start = this.#index;
    const outcome = this.#outcomes.get(start) ?? this.#parseParenthesized();
    this.#outcomes.set(start, outcome);
    if ("error" in outcome) throw outcome.error;
    this.#index = outcome.next;
    return outcome.plan;
  }

  /** The same, but null and nothing taken where the parentheses hold something else. */
  tryParenthesizedQuery(): LogicalPlan | null {
    const start = this.#index;
    try {
      return this.parenthesizedQuery();
    } catch (error) {
      if (!isUnexpectedToken(error)) throw error;
      this.#index = start;
      return null;
    }
  }

  #parseParenthesized(): QueryOutcome {
    try {
      this.expectSymbol("(");
      const plan = this.grammar.query(this);
      this.expectSymbol(")");
      return { plan, next: this.#index };
    } catch (error) {
      return { error };
    }
  }

  #expect(what: string): void {
    if (this.#expectedAt !== this.#index) {
      this.#expectedAt = this.#index;
      this.#expected = [];
    }
    this.#expected.push(what);
  }
}

function isUnexpectedToken(error: unknown): boolean {
  return error instanceof SqlSyntaxError && error.condition === "PARSE_SYNTAX_ERROR";
}
