import type { TaskSpec } from "../exec/task-spec.ts";
import { cancelReason } from "./cancelled.ts";
import type { TaskReport, TaskRunner } from "./task-runner.ts";

interface Waiting {
  readonly query: string;
  readonly start: () => void;
}

/**
 * Shares a runner between queries: whoever has the fewest tasks running goes next, and a query's own tasks go in the
 * order in which they came.
 */
export class FairTaskRunner<Rows = Uint8Array> implements TaskRunner<Rows> {
  readonly capacity: number;
  private readonly inner: TaskRunner<Rows>;
  private readonly waiting: Waiting[] = [];
  private readonly runningOf = new Map<string, number>();
  private running = 0;

  constructor(inner: TaskRunner<Rows>) {
    this.inner = inner;
    this.capacity = inner.capacity;
  }

  async run(spec: TaskSpec, signal: AbortSignal, onStart?: () => void): Promise<TaskReport<Rows>> {
    await this.turnOf(spec.query, signal);
    try {
      return await this.inner.run(spec, signal, onStart);
    } finally {
      this.count(spec.query, -1);
      this.startNext();
    }
  }

  close(): Promise<void> {
    return this.inner.close();
  }

  /** Resolves when the query may start one more task. */
  private turnOf(query: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(cancelReason(signal));
        return;
      }
      const leave = (): void => {
        const at = this.waiting.indexOf(waiting);
        if (at >= 0) this.waiting.splice(at, 1);
        reject(cancelReason(signal));
      };
      const start = (): void => {
        signal.removeEventListener("abort", leave);
        this.count(query, 1);
        resolve();
      };
      const waiting = { query, start };
      signal.addEventListener("abort", leave, { once: true });
      this.waiting.push(waiting);
      this.startNext();
    });
  }

  private startNext(): void {
    while (this.running < this.capacity) {
      const next = this.nextWaiting();
      if (next === undefined) return;
      this.waiting.splice(this.waiting.indexOf(next), 1);
      next.start();
    }
  }

  private nextWaiting(): Waiting | undefined {
    let best = this.waiting[0];
    for (const waiting of this.waiting)
      if (best !== undefined && this.share(waiting) < this.share(best)) best = waiting;
    return best;
  }

  private share({ query }: Waiting): number {
    return this.runningOf.get(query) ?? 0;
  }

  private count(query: string, change: 1 | -1): void {
    this.running += change;
    const running = (this.runningOf.get(query) ?? 0) + change;
    if (running > 0) this.runningOf.set(query, running);
    else this.runningOf.delete(query);
  }
}
