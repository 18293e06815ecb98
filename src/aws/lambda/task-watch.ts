/** What is left of the time limit when a task gives up by itself. */
const RESERVE_MS = 3000;
/** How often a task that runs so long looks whether it is still wanted: a GET each. */
const LOOK_MS = 3000;

/** Ends a task that nears its time limit, or that nobody waits for. Ends itself with `stop`. */
export class TaskWatch {
  /** Aborted by the clock too, without an event loop in between: compiled code may run for seconds. */
  readonly signal: AbortSignal;
  /** The whole time that the task has. */
  readonly limitMs: number;
  private readonly deadlineMs: number;
  private readonly stopping = new AbortController();
  private readonly timers: NodeJS.Timeout[] = [];
  private isLooking = false;

  constructor(limitMs: number) {
    const { signal } = this.stopping;
    const ownMs = Math.max(0, limitMs - Math.min(RESERVE_MS, limitMs / 5));
    this.limitMs = limitMs;
    this.deadlineMs = performance.now() + ownMs;
    this.signal = signal;
    let isStopped = false;
    signal.addEventListener("abort", () => {
      isStopped = true;
    });
    Object.defineProperty(signal, "aborted", { get: () => isStopped || this.isOutOfTime });
    this.timers.push(setTimeout(() => this.stopping.abort(), ownMs));
  }

  get isOutOfTime(): boolean {
    return performance.now() >= this.deadlineMs;
  }

  /** Calls from time to time what tells whether the task was killed. */
  follow(isKilled: () => Promise<boolean>): void {
    this.timers.push(setInterval(() => this.look(isKilled), LOOK_MS));
  }

  stop(): void {
    for (const timer of this.timers) clearTimeout(timer);
  }

  /** A look that fails tells nothing: the next one may. */
  private async look(isKilled: () => Promise<boolean>): Promise<void> {
    if (this.isLooking) return;
    this.isLooking = true;
    try {
      if (await isKilled()) this.stopping.abort();
    } catch {
    } finally {
      this.isLooking = false;
    }
  }
}
