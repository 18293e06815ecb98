import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** Spark's answer to one statement. */
export type SparkAnswer =
  | { readonly schema: string; readonly rows: readonly string[] }
  | { readonly error: string | null; readonly sqlState: string | null; readonly class: string };

/** A Python with PySpark that answers requests in order; see `answer.py` for their forms. */
export class SparkProcess {
  readonly #child;
  readonly #lines: AsyncIterator<string>;

  constructor(python: string) {
    const script = new URL("answer.py", import.meta.url).pathname;
    this.#child = spawn(python, [script], { stdio: ["pipe", "pipe", "inherit"] });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** Throws where the process ended before it answered. */
  async ask<T>(request: unknown): Promise<T> {
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    const line = await this.#lines.next();
    if (line.done === true) throw new EndedError("The Python with PySpark ended before its answer");
    return JSON.parse(line.value) as T;
  }

  /** Lets the process end. */
  stop(): void {
    this.#child.stdin.end();
  }
}

class EndedError extends Error {}
