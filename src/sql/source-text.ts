import type { Position } from "../plan/position.ts";

const EXCERPT_CHARACTERS = 120;

/** SQL text that knows its lines. */
export class SourceText {
  readonly text: string;
  readonly #lineStarts: readonly number[];

  constructor(text: string) {
    this.text = text;
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
    return Object.freeze({ line: low + 1, column: offset - (this.#lineStarts[low] ?? 0) + 1 });
  }

  /** The line of a position, and a caret under the column; of a long line only what is around it. */
  excerpt(position: Position): string {
    const start = this.#lineStarts[position.line - 1] ?? 0;
    const end = this.#lineStarts[position.line] ?? this.text.length;
    const line = this.text.slice(start, end).replace(/[\r\n]+$/, "");
    const from = Math.max(0, position.column - 1 - EXCERPT_CHARACTERS / 2);
    const shown = line.slice(from, from + EXCERPT_CHARACTERS);
    const indent = shown.slice(0, position.column - 1 - from).replace(/[^\t]/g, " ");
    return `${shown}\n${indent.padEnd(position.column - 1 - from)}^`;
  }
}

function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
