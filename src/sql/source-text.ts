import type { Position } from "../plan/position.ts";

const EXCERPT_CHARACTERS = 120;

const START: Position = Object.freeze({ line: 1, column: 1 });

/** SQL text that knows its lines; `origin` is the position of its first character in the script that it is part of. */
export class SourceText {
  readonly text: string;
  readonly #origin: Position;
  readonly #lineStarts: readonly number[];

  constructor(text: string, origin: Position = START) {
    this.text = text;
    this.#origin = origin;
    this.#lineStarts = lineStartsOf(text);
  }

  positionAt(offset: number): Position {
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const column = offset - (this.#lineStarts[low] ?? 0) + 1;
    const { line, column: indent } = this.#origin;
    return Object.freeze({ line: line + low, column: low === 0 ? indent - 1 + column : column });
  }

  /** The line of a position, and a caret under the column; of a long line only what is around it. */
  excerpt(position: Position): string {
    const row = position.line - this.#origin.line;
    const start = this.#lineStarts[row] ?? 0;
    const end = this.#lineStarts[row + 1] ?? this.text.length;
    const line = this.text.slice(start, end).replace(/[\r\n]+$/, "");
    const at = position.column - (row === 0 ? this.#origin.column : 1);
    const from = Math.max(0, at - EXCERPT_CHARACTERS / 2);
    const shown = line.slice(from, from + EXCERPT_CHARACTERS);
    const indent = shown.slice(0, at - from).replace(/[^\t]/g, " ");
    return `${shown}\n${indent.padEnd(at - from)}^`;
  }
}

function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
